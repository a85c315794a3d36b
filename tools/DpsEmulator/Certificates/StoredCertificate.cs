using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Certificates;

/// <summary>A certificate and its key as two PEM files.</summary>
internal static class StoredCertificate
{
    /// <summary>Null where one of the files is missing.</summary>
    /// <exception cref="DataFolderException">They are there and cannot be read, or do not belong together.</exception>
    internal static X509Certificate2? Load(DataFolder folder, string certificateFile, string keyFile)
    {
        string? certificate = folder.Read(certificateFile);
        string? key = folder.Read(keyFile);
        if (certificate is null || key is null)
        {
            return null;
        }

        try
        {
            using var loaded = X509Certificate2.CreateFromPem(certificate);
            using var rsa = RSA.Create();
            rsa.ImportFromPem(key);
            return WithKey(loaded, rsa);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new DataFolderException(
                $"{Path.Combine(folder.FullPath, certificateFile)} and {keyFile} are no certificate with its key. "
                + "Delete both, and the emulator makes new ones; devices must then trust the new ca.pem.",
                error);
        }
    }

    internal static void Save(DataFolder folder, string certificateFile, string keyFile, X509Certificate2 certificate, RSA key)
    {
        // The key first: a certificate without its key is made anew, as nothing else is lost.
        folder.Write(keyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
        folder.Write(certificateFile, certificate.ExportCertificatePem() + "\n");
    }

    /// <summary>The certificate with its key in a form that the platform's TLS takes.</summary>
    internal static X509Certificate2 WithKey(X509Certificate2 certificate, RSA key)
    {
        X509Certificate2 withKey = certificate.CopyWithPrivateKey(key);
        if (!OperatingSystem.IsWindows())
        {
            return withKey;
        }

        // Windows' TLS takes only keys that have a place in a key store.
        using (withKey)
        {
            return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
        }
    }

    /// <summary>A day ago, so that a device whose clock is behind accepts a new certificate.</summary>
    internal static DateTimeOffset Start(DateTimeOffset now) => now - TimeSpan.FromDays(1);
}
