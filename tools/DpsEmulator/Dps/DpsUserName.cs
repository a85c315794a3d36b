using System.Diagnostics.CodeAnalysis;

namespace DevKit.DpsEmulator.Dps;

/// <summary>The user name that tells DPS from the hub: <c>{idScope}/registrations/{registrationId}/api-version=...</c>.</summary>
/// <param name="IdScope">Which DPS.</param>
/// <param name="RegistrationId">Which device.</param>
/// <param name="ApiVersion">How it speaks.</param>
internal sealed record DpsUserName(string IdScope, string RegistrationId, string ApiVersion)
{
    private const string ApiVersionField = "api-version=";

    /// <summary>What a SAS token for this registration names as its resource.</summary>
    internal string Resource => $"{IdScope}/registrations/{RegistrationId}";

    internal static bool TryParse(string? userName, [NotNullWhen(true)] out DpsUserName? name)
    {
        string[] parts = userName?.Split('/', 4) ?? [];
        string? version = parts.Length == 4 && parts[1] == "registrations" && parts[2].Length > 0
            ? parts[3].TrimStart('?').Split('&')
                .FirstOrDefault(parameter => parameter.StartsWith(ApiVersionField, StringComparison.OrdinalIgnoreCase))
            : null;
        name = version is null ? null : new DpsUserName(parts[0], parts[2], version[ApiVersionField.Length..]);
        return name is not null;
    }
}
