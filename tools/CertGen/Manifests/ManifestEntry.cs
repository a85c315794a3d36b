using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DevKit.CertGen.OneBoard;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Manifests;

/// <summary>One board of a manifest: what is to be enrolled, and by which certificate. All of it is public.</summary>
internal sealed record ManifestEntry
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    };

    public required string RegistrationId { get; init; }

    /// <summary>The alias certificate's file (PEM), relative to the manifest's folder.</summary>
    public required string File { get; init; }

    /// <summary>The certificate's fingerprint, 64 hex characters.</summary>
    public required string CertificateSha256 { get; init; }

    /// <summary>The same by SHA-1, 40 characters in upper case, as Azure's portal shows it.</summary>
    public required string CertificateSha1 { get; init; }

    /// <summary>The SHA-256 of the image, 64 hex characters.</summary>
    public required string Fwid { get; init; }

    /// <summary>40 hex characters.</summary>
    public required string DeviceIdKeyId { get; init; }

    /// <summary>40 hex characters.</summary>
    public required string AliasKeyId { get; init; }

    /// <summary>The device's name at the hub; null for the registration ID.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The host name of the hub that it is assigned to; null for one that the service chooses.</summary>
    public string? Hub { get; init; }

    /// <summary>The tags that its twin begins with.</summary>
    public JsonObject? Tags { get; init; }

    /// <summary>Describes a board.</summary>
    /// <param name="credential">What was derived.</param>
    /// <param name="file">The certificate's file, relative to the manifest's folder.</param>
    public static ManifestEntry Of(DiceCredential credential, string file)
    {
        BoardReport report = BoardReport.Of(credential);
        return new ManifestEntry
        {
            RegistrationId = report.RegistrationId,
            File = file,
            CertificateSha256 = report.CertificateSha256,
            CertificateSha1 = report.CertificateSha1,
            Fwid = report.Fwid,
            DeviceIdKeyId = report.DeviceIdKeyId,
            AliasKeyId = report.AliasKeyId,
        };
    }

    /// <summary>Parses a line of a manifest.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ManifestEntry Parse(string line)
        => JsonSerializer.Deserialize<ManifestEntry>(line, Form) ?? throw new JsonException("null is no board.");

    /// <summary>Reads the board's certificate.</summary>
    /// <param name="folder">The manifest's folder.</param>
    /// <returns>The certificate in DER.</returns>
    /// <exception cref="CommandException">It is not there, or not the one that the manifest was written of.</exception>
    public byte[] ReadCertificate(string folder)
    {
        string path = Path.Combine(folder, File);
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(System.IO.File.ReadAllText(path));
            return Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256)) == CertificateSha256
                ? certificate.RawData
                : throw new CommandException($"{path} is not the certificate that the manifest names. Run \"certgen batch\" again.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CommandException($"The certificate {path} can't be read: {e.Message} Run \"certgen batch\" again.");
        }
    }

    /// <summary>The line of a manifest, without its end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Form);
}
