namespace DevKit.DpsEmulator.Hub;

/// <summary>A device, its twin, and what it sent last.</summary>
/// <param name="Device">The device.</param>
/// <param name="Twin">Its twin.</param>
/// <param name="MessageCount">How many messages wait for it.</param>
/// <param name="LastTelemetry">Its latest message; null before the first.</param>
internal sealed record DeviceStatus(Device Device, Twin Twin, long MessageCount, TelemetryMessage? LastTelemetry);
