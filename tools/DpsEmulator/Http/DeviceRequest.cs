namespace DevKit.DpsEmulator.Http;

/// <summary>A device to be made without a registration; without a key, one is made.</summary>
internal sealed record DeviceRequest(string? DeviceId, string? PrimaryKey);

/// <summary>A message to a device.</summary>
internal sealed record MessageRequest(string? Text, string? Base64, Dictionary<string, string>? Properties);
