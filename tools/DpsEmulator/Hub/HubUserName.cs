using System.Diagnostics.CodeAnalysis;

namespace DevKit.DpsEmulator.Hub;

/// <summary>
/// A hub's user name: <c>{hub}/{deviceId}</c>, and as a rule <c>/?api-version=...</c> behind it; older devices leave the question
/// mark out.
/// </summary>
/// <param name="Hub">The hub's DNS name.</param>
/// <param name="DeviceId">Which device.</param>
/// <param name="ApiVersion">The version of the API; null when it names none.</param>
internal sealed record HubUserName(string Hub, string DeviceId, string? ApiVersion)
{
    private const string Version = "api-version=";

    internal static bool TryParse(string? userName, [NotNullWhen(true)] out HubUserName? name)
    {
        string[] parts = userName?.Split('/') ?? [];
        name = null;
        if (parts.Length is 2 or 3 && parts[0].Length > 0 && parts[1].Length > 0)
        {
            string? version = parts.ElementAtOrDefault(2)?.TrimStart('?').Split('&')
                .FirstOrDefault(parameter => parameter.StartsWith(Version, StringComparison.Ordinal));
            name = new HubUserName(parts[0], parts[1], version?[Version.Length..]);
        }

        return name is not null;
    }
}
