using System.Diagnostics.CodeAnalysis;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A hub's user name: <c>{hub}/{deviceId}/?api-version=...</c>; older devices leave the question mark out.</summary>
/// <param name="Hub">The hub's DNS name.</param>
/// <param name="DeviceId">Which device.</param>
internal sealed record HubUserName(string Hub, string DeviceId)
{
    /// <summary>What a SAS token of this device names as its resource.</summary>
    internal string Resource => $"{Hub}/devices/{DeviceId}";

    internal static bool TryParse(string? userName, [NotNullWhen(true)] out HubUserName? name)
    {
        string[] parts = userName?.Split('/') ?? [];
        bool matches = parts.Length == 3 && parts[1].Length > 0
            && parts[2].TrimStart('?').Split('&').Any(parameter => parameter.StartsWith("api-version=", StringComparison.Ordinal));
        name = matches ? new HubUserName(parts[0], parts[1]) : null;
        return matches;
    }
}
