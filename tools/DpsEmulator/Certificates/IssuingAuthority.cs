using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Storage;

using DevKit.Platform;

namespace DevKit.DpsEmulator.Certificates;

/// <summary>
/// The CA that issues operational certificates to devices that ask for one as they register. It is another than the servers' CA:
/// no device trusts it, and no hub takes it for a server's.
/// </summary>
internal sealed class IssuingAuthority : IDisposable
{
    /// <summary>The CA certificate's file.</summary>
    internal const string CertificateFile = "device-ca.pem";

    private const string KeyFile = "device-ca.key.pem";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>How long an operational certificate lasts.</summary>
    private static readonly TimeSpan LeafLifetime = TimeSpan.FromDays(30);

    private readonly X509Certificate2 _certificate;

    private IssuingAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>The CA's certificate.</summary>
    internal X509Certificate2 Certificate => _certificate;

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    /// <summary>The folder's CA, made or renewed if need be.</summary>
    /// <exception cref="DataFolderException">The folder's files cannot be read.</exception>
    internal static IssuingAuthority Open(DataFolder folder, DateTimeOffset now) =>
        new(StoredAuthority.Open(folder, CertificateFile, KeyFile, "DevKit DPS emulator device CA", now));

    /// <summary>Why a request cannot be granted; null when it can.</summary>
    /// <param name="request">The PKCS#10 request (RFC 2986), DER.</param>
    /// <param name="registrationId">Whose common name it must have, in any case.</param>
    internal static string? FindProblem(byte[] request, string registrationId)
    {
        try
        {
            CertificateRequest asked = Load(request);
            string? name = CertificateName.ReadCommonName(asked.SubjectName);
            return registrationId.Equals(name, StringComparison.OrdinalIgnoreCase)
                ? null
                : $"The CSR's common name is '{name ?? asked.SubjectName.Name}', and the registration ID '{registrationId}'.";
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or NotSupportedException)
        {
            return $"The CSR is no signed PKCS#10 request: {error.Message}";
        }
    }

    /// <summary>Issues a certificate for the key of a request; nothing else of the request goes into it.</summary>
    /// <param name="request">The request, which <see cref="FindProblem"/> found nothing against.</param>
    /// <param name="commonName">The device's ID at its hub.</param>
    /// <param name="now">The time.</param>
    /// <returns>The certificate and its CA's, DER.</returns>
    internal IReadOnlyList<byte[]> Issue(byte[] request, string commonName, DateTimeOffset now)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        var leaf = new CertificateRequest(name.Build(), Load(request).PublicKey, HashAlgorithmName.SHA256);
        leaf.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        leaf.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthentication)], false));
        leaf.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(leaf.PublicKey, false));
        leaf.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        DateTimeOffset end = now + LeafLifetime;
        using RSA key = _certificate.GetRSAPrivateKey()!;
        using X509Certificate2 issued = leaf.Create(
            _certificate.SubjectName,
            X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1),
            StoredCertificate.Start(now),
            end < _certificate.NotAfter ? end : _certificate.NotAfter,
            StoredCertificate.CreateSerial());
        return [issued.RawData, _certificate.RawData];
    }

    private static CertificateRequest Load(byte[] request) =>
        CertificateRequest.LoadSigningRequest(
            request, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default, RSASignaturePadding.Pkcs1);
}
