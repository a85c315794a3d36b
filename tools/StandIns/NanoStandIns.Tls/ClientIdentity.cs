using System.Net.Security;
using System.Security.Cryptography;
using DevKit.Platform;
using DotNet = System.Security.Cryptography.X509Certificates;

namespace NanoStandIns.Tls;

/// <summary>A client's certificate with its key and the certificates behind it, as .NET's TLS wants them; for one handshake.</summary>
internal sealed class ClientIdentity : IDisposable
{
    private readonly DotNet.X509Certificate2 _certificate;

    private ClientIdentity(DotNet.X509Certificate2 certificate, DotNet.X509Certificate2Collection rest)
    {
        _certificate = certificate;
        Context = SslStreamCertificateContext.Create(certificate, rest, offline: true);
    }

    internal SslStreamCertificateContext Context { get; }

    public void Dispose() => _certificate.Dispose();

    /// <summary>Null where there is no certificate with a key.</summary>
    /// <exception cref="ArgumentException">Certificate or key cannot be read, or do not belong together.</exception>
    internal static ClientIdentity Open(X509Certificate client)
    {
        if (client is not X509Certificate2 { HasPrivateKey: true } own)
        {
            return null;
        }

        DotNet.X509Certificate2Collection certificates = CertificateBytes.Decode(own.RawData);
        using DotNet.X509Certificate2 first = certificates[0];
        certificates.RemoveAt(0);
        using AsymmetricAlgorithm key = own.OpenPrivateKey();
        return new ClientIdentity(CertificateWithKey.Join(first, key), certificates);
    }
}
