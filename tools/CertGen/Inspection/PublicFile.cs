using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Inspection;

/// <summary>Reads a file that somebody names: certificates, requests and images, none of them secret.</summary>
internal static class PublicFile
{
    /// <summary>What can be named.</summary>
    public const string Remedy = "Name a certificate, a request, a manifest or an image.";

    // A .pem of a few hundred certificates, and any image that a board can hold.
    private const int LongestFile = 1 << 20;

    /// <summary>Reads a file, whole.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CommandException">There is none, it can't be read, or it is no such file by its length.</exception>
    public static byte[] Read(string path) => InputFile.Read("file", path, LongestFile, Remedy);

    /// <summary>Reads the certificates of a file, PEM or one in DER, in their order.</summary>
    /// <param name="path">The file.</param>
    /// <returns>At least one, which the caller disposes of.</returns>
    /// <exception cref="CommandException">It holds none.</exception>
    public static X509Certificate2Collection ReadCertificates(string path)
    {
        byte[] bytes = Read(path);
        try
        {
            return ParseCertificates(bytes) is { Count: > 0 } certificates
                ? certificates
                : throw new CommandException($"There is no certificate in {path}. Name a certificate in PEM or DER.");
        }
        catch (CryptographicException)
        {
            throw new CommandException($"The certificate in {path} is damaged. Have it made again.");
        }
    }

    /// <summary>The certificates in a text of PEM, or the one that the bytes are in DER.</summary>
    /// <exception cref="CryptographicException">One is damaged.</exception>
    public static X509Certificate2Collection ParseCertificates(byte[] bytes)
    {
        X509Certificate2Collection certificates = [];
        if (bytes[0] == 0x30)
        {
            certificates.Add(X509CertificateLoader.LoadCertificate(bytes));
        }
        else
        {
            certificates.ImportFromPem(Encoding.Latin1.GetString(bytes));
        }

        return certificates;
    }
}
