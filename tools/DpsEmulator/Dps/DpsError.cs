using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Dps;

/// <summary>An error as DPS writes it.</summary>
internal static class DpsError
{
    /// <summary>The body of an error: its code begins with the HTTP status.</summary>
    internal static JsonObject Write(int code, string message, DateTimeOffset now) => new()
    {
        ["errorCode"] = code,
        ["trackingId"] = Guid.NewGuid().ToString("D"),
        ["message"] = message,
        ["timestampUtc"] = Timestamps.ToText(now),
    };
}
