using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>A device's key and certificate, of the kind that a board makes: P-256, valid to the end of time.</summary>
internal sealed class DeviceCertificate : IDisposable
{
    private DeviceCertificate(X509Certificate2 certificate, params X509Certificate2[] chain) =>
        (Certificate, Chain) = (certificate, [.. chain]);

    internal X509Certificate2 Certificate { get; }

    /// <summary>What is sent behind it in a handshake.</summary>
    internal X509Certificate2Collection Chain { get; }

    internal string Pem => Certificate.ExportCertificatePem();

    internal string Fingerprint => Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public void Dispose() => Certificate.Dispose();

    internal static DeviceCertificate Create(string commonName, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        using X509Certificate2 made = request.CreateSelfSigned(
            notBefore ?? new DateTimeOffset(2018, 1, 1, 0, 0, 0, TimeSpan.Zero),
            notAfter ?? new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));

        // Through PKCS #12, which gives the key the place that Windows' TLS wants it in.
        byte[] pkcs12 = made.Export(X509ContentType.Pfx);
        return new DeviceCertificate(X509CertificateLoader.LoadPkcs12(pkcs12, null, X509KeyStorageFlags.Exportable));
    }

    /// <summary>A certificate that somebody issued, with its key, and the CAs that are sent behind it.</summary>
    internal static DeviceCertificate From(X509Certificate2 issued, params X509Certificate2[] chain) =>
        new(X509CertificateLoader.LoadPkcs12(issued.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable), chain);

    internal string KeyPem()
    {
        using ECDsa key = Certificate.GetECDsaPrivateKey()!;
        return key.ExportECPrivateKeyPem();
    }
}
