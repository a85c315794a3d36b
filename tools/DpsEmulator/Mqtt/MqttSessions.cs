using System.Collections.Concurrent;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>Whose session it is that outlives a connection.</summary>
/// <param name="Client">The client, unlike any other of any service.</param>
/// <param name="Generation">Tells it from an earlier client of the same name, whose session it does not inherit.</param>
internal sealed record MqttSessionKey(string Client, string Generation);

/// <summary>
/// What clients have subscribed to and will not subscribe to again, having connected without clean session (MQTT 3.1.1, 3.1.2.4). They
/// live as long as the emulator runs.
/// </summary>
internal sealed class MqttSessions
{
    private readonly ConcurrentDictionary<string, (string Generation, IReadOnlyList<MqttSubscription> Subscriptions)> _kept =
        new(StringComparer.Ordinal);

    /// <summary>The subscriptions of a session that was kept; null when there is none.</summary>
    internal IReadOnlyList<MqttSubscription>? Find(MqttSessionKey key) =>
        _kept.TryGetValue(key.Client, out (string Generation, IReadOnlyList<MqttSubscription> Subscriptions) kept)
            && kept.Generation == key.Generation
            ? kept.Subscriptions
            : null;

    internal void Keep(MqttSessionKey key, IReadOnlyList<MqttSubscription> subscriptions) =>
        _kept[key.Client] = (key.Generation, subscriptions);

    internal void Forget(MqttSessionKey key) => _kept.TryRemove(key.Client, out _);
}
