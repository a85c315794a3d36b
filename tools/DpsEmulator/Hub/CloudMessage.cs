namespace DevKit.DpsEmulator.Hub;

/// <summary>A message to a device, waiting until it is delivered.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Properties">What stands in its topic.</param>
/// <param name="Payload">The message.</param>
internal sealed record CloudMessage(long Sequence, IReadOnlyDictionary<string, string> Properties, byte[] Payload);
