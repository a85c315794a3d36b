using System.Security.Cryptography;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;

namespace DevKit.CertGen.OneBoard;

/// <summary>What the device will show of itself too, all of it public.</summary>
internal sealed record BoardReport
{
    public required string RegistrationId { get; init; }

    /// <summary>The SHA-256 of the image, 64 hex characters.</summary>
    public required string Fwid { get; init; }

    /// <summary>40 hex characters (RFC 7093, 2 (1)).</summary>
    public required string DeviceIdKeyId { get; init; }

    /// <summary>40 hex characters (RFC 7093, 2 (1)).</summary>
    public required string AliasKeyId { get; init; }

    /// <summary>The alias certificate's fingerprint, 64 hex characters.</summary>
    public required string CertificateSha256 { get; init; }

    /// <summary>The same by SHA-1, 40 characters in upper case, as Azure's portal shows it.</summary>
    public required string CertificateSha1 { get; init; }

    /// <summary>The files that were written.</summary>
    public IReadOnlyList<string> Written { get; init; } = [];

    /// <summary>Describes a credential.</summary>
    public static BoardReport Of(DiceCredential credential) => new()
    {
        RegistrationId = credential.RegistrationId,
        Fwid = Hex.Encode(credential.Fwid),
        DeviceIdKeyId = Hex.Encode(credential.DeviceIdKeyId),
        AliasKeyId = Hex.Encode(credential.AliasKeyId),
        CertificateSha256 = Hex.Encode(Sha256.Hash(credential.AliasCertificate)),
        CertificateSha1 = GetThumbprint(credential.AliasCertificate),
    };

    /// <summary>Writes it in the words of the console's show_identity.</summary>
    public void Describe(TextWriter output)
    {
        output.WriteLine($"Registration ID: {RegistrationId}");
        output.WriteLine($"FWID: {Fwid}");
        output.WriteLine($"DeviceID key id: {DeviceIdKeyId}");
        output.WriteLine($"Alias key id: {AliasKeyId}");
        output.WriteLine($"Certificate SHA-256: {CertificateSha256}");
        output.WriteLine($"Certificate SHA-1 (thumbprint in Azure's portal): {CertificateSha1}");
        output.WriteLine($"Written: {string.Join(", ", Written)}");
    }

#pragma warning disable CA5350 // A name for the certificate, not a protection: the portal shows SHA-1.
    /// <summary>A certificate's fingerprint by SHA-1, 40 characters in upper case.</summary>
    public static string GetThumbprint(byte[] certificate) => Convert.ToHexString(SHA1.HashData(certificate));
#pragma warning restore CA5350
}
