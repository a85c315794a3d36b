namespace DevKit.DpsEmulator.Hub;

/// <summary>A device's answer to a direct method.</summary>
/// <param name="Status">Its status, a number of the device's own.</param>
/// <param name="Payload">Its answer, JSON or empty.</param>
internal sealed record MethodResult(int Status, byte[] Payload);
