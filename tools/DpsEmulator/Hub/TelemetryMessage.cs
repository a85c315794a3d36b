namespace DevKit.DpsEmulator.Hub;

/// <summary>A message from a device.</summary>
/// <param name="Sequence">Its number, growing over all devices.</param>
/// <param name="Received">When it arrived.</param>
/// <param name="Properties">The properties of its topic.</param>
/// <param name="Payload">The message.</param>
internal sealed record TelemetryMessage(
    long Sequence, DateTimeOffset Received, IReadOnlyDictionary<string, string> Properties, byte[] Payload);
