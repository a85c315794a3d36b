using System.Collections.Concurrent;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>The device at the other end: what it subscribed to, and what it still has to acknowledge.</summary>
internal sealed class MqttPeer(MqttChannel channel, CancellationTokenSource life)
{
    private readonly ConcurrentDictionary<string, MqttQualityOfService> _subscriptions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ushort, Action> _unacknowledged = new();
    private int _lastPacketId;

    /// <summary>Ends when the connection does.</summary>
    internal CancellationToken Ended { get; } = life.Token;

    internal bool HasSubscribed(string filter) => _subscriptions.ContainsKey(filter);

    /// <summary>Closes the connection without a word.</summary>
    internal void Abort()
    {
        try
        {
            life.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    /// <summary>Sends a message for a filter that was subscribed to, with the QoS that was granted.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="topic">The message's topic.</param>
    /// <param name="payload">The message.</param>
    /// <param name="delivered">Is called when the device has it: at once with QoS 0, on its acknowledgement with QoS 1.</param>
    /// <returns>False when the filter is not subscribed to.</returns>
    internal async ValueTask<bool> PublishAsync(string filter, string topic, ReadOnlyMemory<byte> payload, Action? delivered = null)
    {
        if (!_subscriptions.TryGetValue(filter, out MqttQualityOfService qualityOfService))
        {
            return false;
        }

        bool acknowledged = qualityOfService == MqttQualityOfService.AtLeastOnce;
        ushort packetId = acknowledged ? Reserve(delivered) : (ushort)0;
        await channel.WriteAsync(
            new PublishPacket { Topic = topic, Payload = payload, QualityOfService = qualityOfService, PacketId = packetId },
            Ended);
        if (!acknowledged)
        {
            delivered?.Invoke();
        }

        return true;
    }

    internal ValueTask<bool> SendAsync(MqttPacket packet) => channel.WriteAsync(packet, Ended);

    internal void Subscribe(string filter, MqttQualityOfService granted) => _subscriptions[filter] = granted;

    internal void Unsubscribe(string filter) => _subscriptions.TryRemove(filter, out _);

    internal void Acknowledge(ushort packetId)
    {
        if (_unacknowledged.TryRemove(packetId, out Action? delivered))
        {
            delivered();
        }
    }

    private ushort Reserve(Action? delivered)
    {
        while (true)
        {
            ushort packetId = (ushort)Interlocked.Increment(ref _lastPacketId);
            if (packetId != 0 && _unacknowledged.TryAdd(packetId, delivered ?? (() => { })))
            {
                return packetId;
            }
        }
    }
}
