using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Certificates;

/// <summary>
/// The emulator's own CA, made on first start and kept in the data folder. RSA, as all the servers are that a board can
/// reach: nanoCLR's mbed TLS has ECDHE-RSA and not ECDHE-ECDSA.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    /// <summary>The CA certificate's file, for a device's CA store.</summary>
    internal const string CertificateFile = "ca.pem";

    private const string KeyFile = "ca.key.pem";
    private const int KeyBits = 2048;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(20 * 365);

    /// <summary>A CA that ends sooner is replaced, so that no server certificate outlives its CA.</summary>
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(3 * 365);

    private CertificateAuthority(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>The CA certificate with its key.</summary>
    internal X509Certificate2 Certificate { get; }

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();

    /// <summary>The folder's CA, made or renewed if need be.</summary>
    /// <exception cref="DataFolderException">The folder's files cannot be read.</exception>
    internal static CertificateAuthority Open(DataFolder folder, DateTimeOffset now)
    {
        X509Certificate2? kept = StoredCertificate.Load(folder, CertificateFile, KeyFile);
        if (kept is not null && kept.NotBefore <= now.LocalDateTime && now.LocalDateTime + RenewedBefore < kept.NotAfter)
        {
            return new CertificateAuthority(kept);
        }

        kept?.Dispose();
        using var key = RSA.Create(KeyBits);
        X509Certificate2 made = Create(key, now);
        StoredCertificate.Save(folder, CertificateFile, KeyFile, made, key);
        return new CertificateAuthority(made);
    }

    private static X509Certificate2 Create(RSA key, DateTimeOffset now)
    {
        // A name of its own for each CA: a device may trust those of several emulators.
        string name = "CN=DevKit DPS emulator CA " + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(StoredCertificate.Start(now), now + Lifetime);
    }
}
