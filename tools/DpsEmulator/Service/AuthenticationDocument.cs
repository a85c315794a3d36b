using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Enrollments;

namespace DevKit.DpsEmulator.Service;

/// <summary>How a device proves itself, as a hub's REST writes it (<c>AuthenticationMechanism</c> in Azure's specification).</summary>
internal static class AuthenticationDocument
{
    private const string Primary = "primary";
    private const string Secondary = "secondary";
    private const string Key = "Key";
    private const string Thumbprint = "Thumbprint";

    internal static JsonObject Write(DeviceAuthentication authentication)
    {
        bool isKey = authentication.Type == AuthenticationType.Sas;
        return new JsonObject
        {
            ["symmetricKey"] = new JsonObject
            {
                [Primary + Key] = isKey ? ToBase64(authentication.Primary) : null,
                [Secondary + Key] = isKey ? ToBase64(authentication.Secondary) : null,
            },
            ["x509Thumbprint"] = WriteThumbprints(authentication),
            ["type"] = WriteType(authentication.Type),
        };
    }

    internal static JsonObject WriteThumbprints(DeviceAuthentication authentication)
    {
        bool isThumbprint = authentication.Type == AuthenticationType.SelfSigned;
        return new JsonObject
        {
            [Primary + Thumbprint] = isThumbprint ? ToHex(authentication.Primary) : null,
            [Secondary + Thumbprint] = isThumbprint ? ToHex(authentication.Secondary) : null,
        };
    }

    internal static string WriteType(AuthenticationType type) => JsonNamingPolicy.CamelCase.ConvertName(type.ToString());

    /// <summary>What a document asks for; keys that it leaves out are those that are there, or are made.</summary>
    /// <param name="json">The document; null for none.</param>
    /// <param name="present">What is there; null for a new device.</param>
    /// <param name="authority">The CA that a hub knows, DER.</param>
    /// <exception cref="FormatException">Something in it is wrong; the message names it and shows no key.</exception>
    internal static DeviceAuthentication Read(JsonObject? json, DeviceAuthentication? present, byte[] authority)
    {
        if (json is null)
        {
            return present ?? DeviceAuthentication.FromKeys(SymmetricKey.Generate());
        }

        JsonObject? thumbprints = json.GetObject("x509Thumbprint");
        AuthenticationType type = json.GetChoice<AuthenticationType>("type")
            ?? (HasText(thumbprints) ? AuthenticationType.SelfSigned : AuthenticationType.Sas);
        return type switch
        {
            AuthenticationType.Sas => ReadKeys(json.GetObject("symmetricKey"), present),
            AuthenticationType.SelfSigned => HasText(thumbprints)
                ? DeviceAuthentication.FromThumbprints(ReadThumbprint(thumbprints!, Primary), ReadThumbprint(thumbprints!, Secondary))
                : throw new FormatException("'authentication' is selfSigned, and 'x509Thumbprint' has no thumbprint."),
            _ => present is { Type: AuthenticationType.CertificateAuthority } ? present : DeviceAuthentication.FromAuthority(authority),
        };
    }

    private static DeviceAuthentication ReadKeys(JsonObject? keys, DeviceAuthentication? present)
    {
        DeviceAuthentication? own = present is { Type: AuthenticationType.Sas } ? present : null;
        return DeviceAuthentication.FromKeys(ReadKey(keys, Primary, own?.Primary), ReadKey(keys, Secondary, own?.Secondary));
    }

    private static SymmetricKey ReadKey(JsonObject? keys, string which, byte[]? present) => keys?.GetText(which + Key) switch
    {
        null or "" => present is null ? SymmetricKey.Generate() : new SymmetricKey(present),
        var text => SymmetricKey.Parse(text, which + Key),
    };

    private static bool HasText(JsonObject? thumbprints) =>
        !string.IsNullOrEmpty(thumbprints?.GetText(Primary + Thumbprint))
        || !string.IsNullOrEmpty(thumbprints?.GetText(Secondary + Thumbprint));

    private static byte[]? ReadThumbprint(JsonObject thumbprints, string which)
    {
        string? text = thumbprints.GetText(which + Thumbprint);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw new FormatException(
                $"'{which + Thumbprint}' is '{text}': give 40 hexadecimal digits of SHA-1, or 64 of SHA-256, without colons.");
    }

    private static string? ToBase64(byte[]? key) => key is null ? null : Convert.ToBase64String(key);

    private static string? ToHex(byte[]? thumbprint) => thumbprint is null ? null : Convert.ToHexString(thumbprint);
}
