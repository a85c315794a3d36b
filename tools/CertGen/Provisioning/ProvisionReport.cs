using System.Security.Cryptography;
using DevKit.CertGen.Manifests;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;

namespace DevKit.CertGen.Provisioning;

/// <summary>What became of a board, all of it public.</summary>
internal sealed record ProvisionReport
{
    public required string RegistrationId { get; init; }

    /// <summary>12 hex characters.</summary>
    public required string Mac { get; init; }

    /// <summary>The version that the board's application states.</summary>
    public required string Firmware { get; init; }

    /// <summary>64 hex characters.</summary>
    public required string Fwid { get; init; }

    /// <summary>40 hex characters.</summary>
    public required string DeviceIdKeyId { get; init; }

    /// <summary>40 hex characters.</summary>
    public required string AliasKeyId { get; init; }

    /// <summary>The alias certificate's fingerprint, 64 hex characters.</summary>
    public required string CertificateSha256 { get; init; }

    /// <summary>The same by SHA-1, 40 characters in upper case, as Azure's portal shows it.</summary>
    public required string CertificateSha1 { get; init; }

    /// <summary>Whether the certificate was compared with what UDS and image make.</summary>
    public required bool IsCompared { get; init; }

    /// <summary>The owner's CA that vouches for the board, or null.</summary>
    public string? SignedBy { get; init; }

    /// <summary>The files that were written.</summary>
    public required IReadOnlyList<string> Written { get; init; }

    /// <summary>Describes a board.</summary>
    public static ProvisionReport Of(ShownIdentity shown, bool isCompared, string? signedBy, IReadOnlyList<string> written) => new()
    {
        RegistrationId = shown.RegistrationId,
        Mac = shown.Mac,
        Firmware = shown.Firmware,
        Fwid = shown.Fwid,
        DeviceIdKeyId = shown.DeviceIdKeyId,
        AliasKeyId = shown.AliasKeyId,
        CertificateSha256 = Convert.ToHexStringLower(SHA256.HashData(shown.AliasCertificate)),
        CertificateSha1 = BoardReport.GetThumbprint(shown.AliasCertificate),
        IsCompared = isCompared,
        SignedBy = signedBy,
        Written = written,
    };

    /// <summary>The board's line in the manifest of the folder that its certificate lies in.</summary>
    public ManifestEntry ToManifestEntry() => new()
    {
        RegistrationId = RegistrationId,
        File = OutputFiles.NameFor(RegistrationId, ".pem"),
        CertificateSha256 = CertificateSha256,
        CertificateSha1 = CertificateSha1,
        Fwid = Fwid,
        DeviceIdKeyId = DeviceIdKeyId,
        AliasKeyId = AliasKeyId,
    };

    /// <summary>Writes it in words.</summary>
    public void Describe(TextWriter output)
    {
        output.WriteLine($"Registration ID: {RegistrationId}");
        output.WriteLine($"MAC: {Mac}");
        output.WriteLine($"Firmware: {Firmware}");
        output.WriteLine($"FWID: {Fwid}");
        output.WriteLine($"DeviceID key id: {DeviceIdKeyId}");
        output.WriteLine($"Alias key id: {AliasKeyId}");
        output.WriteLine($"Certificate SHA-256: {CertificateSha256}");
        output.WriteLine($"Certificate SHA-1 (thumbprint in Azure's portal): {CertificateSha1}");
        output.WriteLine(IsCompared
            ? "Certificate: the same as computed from UDS and image"
            : "Certificate: as the board shows it; compared with nothing, for that takes --uds and --image");
        if (SignedBy != null)
        {
            output.WriteLine($"DeviceID signed by: {SignedBy}");
        }

        output.WriteLine($"Written: {string.Join(", ", Written)}");
    }
}
