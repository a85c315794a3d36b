using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Service;

/// <summary>A device as a hub's REST writes it (<c>Device</c> in Azure's specification 2021-04-12).</summary>
internal static class DeviceDocument
{
    /// <summary>What stands for a time that has not come yet.</summary>
    internal const string Never = "0001-01-01T00:00:00Z";

    private const int MaximumReason = 128;

    internal static JsonObject Write(DeviceStatus status)
    {
        Device device = status.Device;
        return new JsonObject
        {
            ["deviceId"] = device.DeviceId,
            ["generationId"] = device.GenerationId,
            ["etag"] = device.ETag,
            ["connectionState"] = WriteConnection(device),
            ["status"] = WriteStatus(device),
            ["statusReason"] = device.StatusReason,
            ["connectionStateUpdatedTime"] = WriteTime(device.Connection.Updated),
            ["statusUpdatedTime"] = WriteTime(device.StatusUpdated),
            ["lastActivityTime"] = WriteTime(device.Connection.LastActivity),
            ["cloudToDeviceMessageCount"] = status.MessageCount,
            ["authentication"] = AuthenticationDocument.Write(device.Authentication),
            ["capabilities"] = new JsonObject { ["iotEdge"] = false },
        };
    }

    /// <summary>What a document makes of a device.</summary>
    /// <param name="deviceId">The device's name.</param>
    /// <param name="json">The document; what it only tells, such as times, is not looked at.</param>
    /// <param name="present">The device as it is; null for a new one.</param>
    /// <param name="authority">The CA that a hub knows, DER.</param>
    /// <exception cref="FormatException">Something in it is wrong; the message names it.</exception>
    internal static DeviceSettings Read(string deviceId, JsonObject json, Device? present, byte[] authority)
    {
        if ((json.GetText("deviceId") ?? json.GetText("id")) is { } named && named != deviceId)
        {
            throw new FormatException($"'deviceId' is '{named}', and the request is for '{deviceId}'.");
        }

        if (DeviceIds.FindProblem(deviceId) is { } problem)
        {
            throw new FormatException(problem);
        }

        if (json.GetObject("capabilities")?.GetFlag("iotEdge") == true)
        {
            throw new FormatException("'capabilities.iotEdge' is true: there are no IoT Edge devices here.");
        }

        string? reason = json.GetText("statusReason");
        return reason?.Length > MaximumReason
            ? throw new FormatException($"'statusReason' has {reason.Length} characters: {MaximumReason} are allowed.")
            : new DeviceSettings(
                AuthenticationDocument.Read(json.GetObject("authentication"), present?.Authentication, authority),
                ReadStatus(json) ?? present?.Enabled ?? true,
                reason);
    }

    internal static string WriteConnection(Device device) => device.Connection.Connected ? "Connected" : "Disconnected";

    internal static string WriteStatus(Device device) => device.Enabled ? "enabled" : "disabled";

    internal static string WriteTime(DateTimeOffset? time) => time is { } at ? Timestamps.ToText(at) : Never;

    private static bool? ReadStatus(JsonObject json) => json.GetText("status")?.ToUpperInvariant() switch
    {
        null => null,
        "ENABLED" => true,
        "DISABLED" => false,
        _ => throw new FormatException($"'status' is '{json.GetText("status")}': here are enabled and disabled."),
    };
}
