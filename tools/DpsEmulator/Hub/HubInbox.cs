using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Hub;

/// <summary>What a device's connection works on: messages both ways, and twins.</summary>
internal sealed class HubInbox(TelemetryStore telemetry, CloudMessageStore messages, TwinStore twins, EventLog log, TimeProvider clock)
{
    /// <summary>Messages that wait for devices.</summary>
    internal CloudMessageStore Messages => messages;

    /// <summary>The devices' twins.</summary>
    internal TwinStore Twins => twins;

    /// <summary>What happens is written here.</summary>
    internal EventLog Log => log;

    /// <summary>The time.</summary>
    internal DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Takes a message of a device.</summary>
    internal void Receive(string deviceId, IReadOnlyDictionary<string, string> properties, ReadOnlyMemory<byte> payload)
    {
        long sequence = telemetry.Add(deviceId, Now, properties, payload);
        log.Write($"Hub: {deviceId} sent message {sequence}, {payload.Length} bytes");
    }
}
