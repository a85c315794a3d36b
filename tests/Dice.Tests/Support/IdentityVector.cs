using System.Text.Json;
using DevKit.Dice.Certificates;

namespace DevKit.Dice.Tests.Support;

/// <summary>A worked example of docs/identity.md.</summary>
internal sealed record IdentityVector(
    string Uds,
    string Image,
    string ImageSha256,
    string RegistrationId,
    string Cdi,
    string DeviceIdPrivate,
    string AliasPrivate,
    string DeviceIdPublic,
    string AliasPublic,
    string AliasCertificate,
    string DeviceIdCertificate,
    string DeviceIdRequest,
    string AliasRequest,
    string AliasPrivateKeyDer)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    internal byte[] UdsBytes => Convert.FromHexString(Uds);

    internal byte[] ImageBytes => Image switch
    {
        "bytes 00..FF, 16 times" => [.. Enumerable.Range(0, 4096).Select(i => (byte)i)],
        "one byte 00" => [0],
        "65 bytes 5A" => [.. Enumerable.Repeat((byte)0x5A, 65)],
        _ => throw new InvalidOperationException($"An image that nobody described: {Image}."),
    };

    internal static IdentityVector[] Load() =>
        JsonSerializer.Deserialize<IdentityVector[]>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "identity.json")), Options)!;

    internal DiceCredential Derive() => DiceEngine.Derive(UdsBytes, ImageBytes, RegistrationId);
}
