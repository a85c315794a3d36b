using System.Security.Cryptography;
using DevKit.CertGen.OneBoard;

namespace DevKit.CertGen.Legacy;

/// <summary>What can be said of a board with the original firmware, all of it public.</summary>
internal sealed record LegacyReport
{
    public required string RegistrationId { get; init; }

    /// <summary>The SHA-256 of the section riot_core, 64 hex characters.</summary>
    public required string RiotCoreSha256 { get; init; }

    /// <summary>The SHA-256 of the section riot_fw, 64 hex characters.</summary>
    public required string Fwid { get; init; }

    /// <summary>The certificate's fingerprint, 64 hex characters.</summary>
    public required string CertificateSha256 { get; init; }

    /// <summary>The same by SHA-1, 40 characters in upper case, as Azure's portal shows it.</summary>
    public required string CertificateSha1 { get; init; }

    /// <summary>The files that were written.</summary>
    public required IReadOnlyList<string> Written { get; init; }

    /// <summary>Describes a certificate.</summary>
    public static LegacyReport Of(string registrationId, MeasuredCode code, byte[] certificate, IReadOnlyList<string> written) => new()
    {
        RegistrationId = registrationId,
        RiotCoreSha256 = Convert.ToHexStringLower(SHA256.HashData(code.RiotCore)),
        Fwid = Convert.ToHexStringLower(SHA256.HashData(code.RiotFirmware)),
        CertificateSha256 = Convert.ToHexStringLower(SHA256.HashData(certificate)),
        CertificateSha1 = BoardReport.GetThumbprint(certificate),
        Written = written,
    };

    /// <summary>Writes it in words.</summary>
    public void Describe(TextWriter output)
    {
        output.WriteLine($"Registration ID: {RegistrationId}");
        output.WriteLine($"RIoT Core SHA-256: {RiotCoreSha256}");
        output.WriteLine($"FWID: {Fwid}");
        output.WriteLine($"Certificate SHA-256: {CertificateSha256}");
        output.WriteLine($"Certificate SHA-1 (thumbprint in Azure's portal): {CertificateSha1}");
        output.WriteLine($"Written: {string.Join(", ", Written)}");
    }
}
