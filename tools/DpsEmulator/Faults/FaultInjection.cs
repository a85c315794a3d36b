using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Mqtt;

namespace DevKit.DpsEmulator.Faults;

/// <summary>Does to one service's devices what the rules say.</summary>
internal sealed class FaultInjection(FaultService service, FaultRules rules, EventLog log, TimeProvider clock)
{
    /// <summary>The time, for answers.</summary>
    internal DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>
    /// What strikes a device now, of the kinds that could. Dropping and waiting are done here; null when what the device sent is to be
    /// handled after that.
    /// </summary>
    /// <exception cref="OperationCanceledException">The connection is dropped.</exception>
    internal async ValueTask<FaultRule?> StrikeAsync(string id, MqttPeer peer, params FaultKind[] kinds)
    {
        FaultRule? rule = rules.Take(service, id, kinds);
        if (rule is null)
        {
            return null;
        }

        log.Write($"{service}: {LogText.Clean(id)} meets fault rule {rule.Id}, {rule.Kind}");
        switch (rule.Kind)
        {
            case FaultKind.Drop:
                peer.Abort($"fault rule {rule.Id} drops it");
                throw new OperationCanceledException(peer.Ended);
            case FaultKind.Delay:
                await Task.Delay(TimeSpan.FromSeconds(rule.Delay), clock, peer.Ended);
                return null;
            default:
                return rule;
        }
    }
}
