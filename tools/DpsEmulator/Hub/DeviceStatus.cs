using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A device, its twin, and what it sent last.</summary>
/// <param name="Device">The device.</param>
/// <param name="Desired">Its desired properties, <c>$version</c> included.</param>
/// <param name="Reported">Its reported properties, <c>$version</c> included.</param>
/// <param name="LastTelemetry">Its latest message; null before the first.</param>
internal sealed record DeviceStatus(Device Device, JsonObject Desired, JsonObject Reported, TelemetryMessage? LastTelemetry);
