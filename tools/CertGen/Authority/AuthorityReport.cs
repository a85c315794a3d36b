using System.Globalization;

namespace DevKit.CertGen.Authority;

/// <summary>What can be said of a new CA.</summary>
internal sealed record AuthorityReport
{
    public required string Name { get; init; }

    /// <summary>The last moment at which it is valid, UTC.</summary>
    public required DateTime NotAfter { get; init; }

    /// <summary>The certificate's fingerprint, 64 hex characters.</summary>
    public required string CertificateSha256 { get; init; }

    /// <summary>The same by SHA-1, 40 characters in upper case, as Azure's portal shows it.</summary>
    public required string CertificateSha1 { get; init; }

    /// <summary>The files that were written: the certificate, the key.</summary>
    public required IReadOnlyList<string> Written { get; init; }

    /// <summary>Writes it in words.</summary>
    public void Describe(TextWriter output)
    {
        output.WriteLine($"CA: {Name}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Valid until: {NotAfter:yyyy-MM-dd}"));
        output.WriteLine($"Certificate SHA-256: {CertificateSha256}");
        output.WriteLine($"Certificate SHA-1 (thumbprint in Azure's portal): {CertificateSha1}");
        output.WriteLine($"Written: {string.Join(", ", Written)}");
    }
}
