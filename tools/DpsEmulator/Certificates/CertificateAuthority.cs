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

    private CertificateAuthority(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>The CA certificate with its key.</summary>
    internal X509Certificate2 Certificate { get; }

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();

    /// <summary>The folder's CA, made or renewed if need be.</summary>
    /// <exception cref="DataFolderException">The folder's files cannot be read.</exception>
    internal static CertificateAuthority Open(DataFolder folder, DateTimeOffset now) =>
        new(StoredAuthority.Open(folder, CertificateFile, KeyFile, "DevKit DPS emulator CA", now));
}
