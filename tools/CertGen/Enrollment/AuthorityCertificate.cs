using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.CertGen.Inspection;
using DevKit.CommandLine;

namespace DevKit.CertGen.Enrollment;

/// <summary>The certificate of a group's CA.</summary>
/// <param name="Der">The certificate in DER.</param>
/// <param name="Sha256">Its fingerprint, 64 hex characters.</param>
internal sealed record AuthorityCertificate(byte[] Der, string Sha256)
{
    /// <summary>Reads the first certificate of a file.</summary>
    /// <param name="path">The file, PEM or DER.</param>
    /// <exception cref="CommandException">It is not there, or no CA's.</exception>
    public static AuthorityCertificate Read(string path)
    {
        X509Certificate2Collection certificates = PublicFile.ReadCertificates(path);
        try
        {
            X509Certificate2 first = certificates[0];
            return first.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority)
                ? new AuthorityCertificate(first.RawData, Convert.ToHexStringLower(first.GetCertHash(HashAlgorithmName.SHA256)))
                : throw new CommandException($"--ca {path} is no CA's certificate. Name the one that signs the boards' certificates.");
        }
        finally
        {
            foreach (X509Certificate2 certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }
}
