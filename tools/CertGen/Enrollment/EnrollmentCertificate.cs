using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.CertGen.Batch;
using DevKit.CertGen.Inspection;
using DevKit.CommandLine;

namespace DevKit.CertGen.Enrollment;

/// <summary>The certificates that are enrolled.</summary>
internal static class EnrollmentCertificate
{
    /// <summary>Reads the certificate of a manifest's board.</summary>
    /// <param name="entry">The board.</param>
    /// <param name="folder">The manifest's folder.</param>
    /// <returns>The certificate in DER.</returns>
    /// <exception cref="CommandException">It is not there, or not the one that the manifest was written of.</exception>
    public static byte[] Read(ManifestEntry entry, string folder)
    {
        string path = Path.Combine(folder, entry.File);
        using X509Certificate2 certificate = ReadOne(path);
        string fingerprint = Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));
        return fingerprint == entry.CertificateSha256
            ? certificate.RawData
            : throw new CommandException($"{path} is not the certificate that the manifest names. Run \"certgen batch\" again.");
    }

    /// <summary>Reads the certificate of a group's CA.</summary>
    /// <param name="path">The file, PEM or DER.</param>
    /// <returns>The certificate in DER, and its fingerprint, 64 hex characters.</returns>
    /// <exception cref="CommandException">It is not there, or no CA's.</exception>
    public static (byte[] Certificate, string Sha256) ReadAuthority(string path)
    {
        using X509Certificate2 certificate = ReadOne(path);
        return certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority)
            ? (certificate.RawData, Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256)))
            : throw new CommandException($"--ca {path} is no CA's certificate. Name the one that signs the boards' certificates.");
    }

    private static X509Certificate2 ReadOne(string path)
    {
        X509Certificate2Collection certificates = PublicFile.ReadCertificates(path);
        foreach (X509Certificate2 other in certificates.Skip(1))
        {
            other.Dispose();
        }

        return certificates[0];
    }
}
