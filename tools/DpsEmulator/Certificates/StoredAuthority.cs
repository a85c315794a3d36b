using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Certificates;

/// <summary>A CA of the data folder: RSA, self-signed, and allowed to sign no other CA.</summary>
internal static class StoredAuthority
{
    private const int KeyBits = 2048;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(20 * 365);

    /// <summary>A CA that ends sooner is replaced, so that no certificate outlives its CA.</summary>
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(3 * 365);

    /// <summary>The folder's CA with its key, made or renewed if need be.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="certificateFile">Its certificate's file.</param>
    /// <param name="keyFile">Its key's file.</param>
    /// <param name="name">The beginning of its common name.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="DataFolderException">The folder's files cannot be read.</exception>
    internal static X509Certificate2 Open(DataFolder folder, string certificateFile, string keyFile, string name, DateTimeOffset now)
    {
        X509Certificate2? kept = StoredCertificate.Load(folder, certificateFile, keyFile);
        if (kept is not null && kept.NotBefore <= now.LocalDateTime && now.LocalDateTime + RenewedBefore < kept.NotAfter)
        {
            return kept;
        }

        kept?.Dispose();
        using var key = RSA.Create(KeyBits);
        X509Certificate2 made = Create(key, name, now);
        StoredCertificate.Save(folder, certificateFile, keyFile, made, key);
        return made;
    }

    private static X509Certificate2 Create(RSA key, string name, DateTimeOffset now)
    {
        // A name of its own for each CA: a device may trust those of several emulators.
        string own = $"CN={name} " + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var request = new CertificateRequest(own, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(StoredCertificate.Start(now), now + Lifetime);
    }
}
