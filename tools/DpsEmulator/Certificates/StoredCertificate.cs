using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.DpsEmulator.Storage;
using DevKit.Platform;

namespace DevKit.DpsEmulator.Certificates;

/// <summary>A certificate and its key as two PEM files.</summary>
internal static class StoredCertificate
{
    /// <summary>Null where one of the files is missing.</summary>
    /// <exception cref="DamagedCertificateException">They are there and cannot be read, or do not belong together.</exception>
    internal static X509Certificate2? Load(DataFolder folder, string certificateFile, string keyFile)
    {
        string? certificate = folder.Read(certificateFile);
        byte[]? keyBytes = folder.ReadBytes(keyFile);
        if (certificate is null || keyBytes is null)
        {
            return null;
        }

        char[] key = Encoding.UTF8.GetChars(keyBytes);
        try
        {
            using var loaded = X509Certificate2.CreateFromPem(certificate);
            using var rsa = RSA.Create();
            rsa.ImportFromPem(key);
            return CertificateWithKey.Join(loaded, rsa);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new DamagedCertificateException(
                $"{Path.Combine(folder.FullPath, certificateFile)} and {keyFile} are no certificate with its key. "
                + "Delete both, and the emulator makes new ones; devices must then trust the new ca.pem.",
                error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(keyBytes);
            Array.Clear(key);
        }
    }

    internal static void Save(DataFolder folder, string certificateFile, string keyFile, X509Certificate2 certificate, RSA key)
    {
        byte[] der = key.ExportPkcs8PrivateKey();
        byte[] pem = PemEncoding.WriteUtf8("PRIVATE KEY"u8, der);
        try
        {
            // The key first: a certificate without its key is made anew, as nothing else is lost.
            folder.Write(keyFile, pem);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
            CryptographicOperations.ZeroMemory(pem);
        }

        folder.Write(certificateFile, certificate.ExportCertificatePem() + "\n");
    }

    /// <summary>A day ago, so that a device whose clock is behind accepts a new certificate.</summary>
    internal static DateTimeOffset Start(DateTimeOffset now) => now - TimeSpan.FromDays(1);

    /// <summary>A serial number: random, positive, and of full length (RFC 5280, 4.1.2.2).</summary>
    internal static byte[] CreateSerial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
