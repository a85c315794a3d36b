using System.Collections.Concurrent;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>Ends connections whose time is up: one timer for all of them, which looks once a second.</summary>
internal sealed class MqttWatch : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<MqttPeer, bool> _peers = new();
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly long _start;

    public MqttWatch(TimeProvider clock)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Look(), null, Period, Period);
    }

    /// <summary>The time by which peers are measured: it begins with this, and does not jump with the machine's clock.</summary>
    internal TimeSpan Now => _clock.GetElapsedTime(_start);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    internal void Add(MqttPeer peer) => _peers[peer] = true;

    internal void Remove(MqttPeer peer) => _peers.TryRemove(peer, out _);

    private void Look()
    {
        TimeSpan now = Now;
        foreach ((MqttPeer peer, _) in _peers)
        {
            peer.AbortIfDue(now);
        }
    }
}
