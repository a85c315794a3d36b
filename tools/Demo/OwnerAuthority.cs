using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using DevKit.CommandLine;

namespace DevKit.Demo;

/// <summary>The CA of the boards' owner, which vouches for the DeviceID of each: made for one run of the demo.</summary>
internal sealed class OwnerAuthority : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public OwnerAuthority()
    {
        CertificateRequest request = new("CN=Owner of the boards", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow + Lifetime);
    }

    /// <summary>The CA's certificate, as its owner uploads it.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    /// <summary>Signs a DeviceID certificate request: a CA that may sign no other CA.</summary>
    /// <param name="request">The request (PKCS#10), PEM; its signature is checked.</param>
    /// <returns>The certificate, DER.</returns>
    /// <exception cref="CommandException">It is no request.</exception>
    public byte[] Sign(string request)
    {
        try
        {
            CertificateRequest asked = CertificateRequest.LoadSigningRequestPem(request, HashAlgorithmName.SHA256);
            CertificateRequest deviceId = new(asked.SubjectName, asked.PublicKey, HashAlgorithmName.SHA256);
            deviceId.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
            deviceId.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
            byte[] serial = RandomNumberGenerator.GetBytes(8);
            serial[0] = 1;
            using X509Certificate2 signed = deviceId.Create(
                _certificate.SubjectName,
                X509SignatureGenerator.CreateForECDsa(_key),
                _certificate.NotBefore,
                _certificate.NotAfter,
                serial);
            return signed.RawData;
        }
        catch (CryptographicException error)
        {
            throw new CommandException($"The board's DeviceID request cannot be read: {error.Message}");
        }
    }
}
