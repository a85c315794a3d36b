using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DotNet = System.Security.Cryptography.X509Certificates;

namespace DevKit.Support.Servers;

/// <summary>Certificates of one test.</summary>
public static class Certificates
{
    public static DotNet.X509Certificate2 Authority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
    }

    public static DotNet.X509Certificate2 Device(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(
            new DateTimeOffset(2018, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));
    }

    public static DotNet.X509Certificate2 Server(
        DotNet.X509Certificate2 ca, AsymmetricAlgorithm key, string name, DateTimeOffset notAfter, string usage = "1.3.6.1.5.5.7.3.1")
    {
        using (key)
        {
            CertificateRequest request = key is RSA rsa
                ? new($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : new($"CN={name}", (ECDsa)key, HashAlgorithmName.SHA256);
            var alternative = new SubjectAlternativeNameBuilder();
            alternative.AddDnsName(name);
            request.CertificateExtensions.Add(alternative.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
            var signer = X509SignatureGenerator.CreateForRSA(ca.GetRSAPrivateKey()!, RSASignaturePadding.Pkcs1);
            using DotNet.X509Certificate2 made = request.Create(
                ca.SubjectName, signer, DateTimeOffset.UtcNow.AddDays(-2), notAfter, RandomNumberGenerator.GetBytes(8));
            using DotNet.X509Certificate2 withKey = key is RSA own ? made.CopyWithPrivateKey(own) : made.CopyWithPrivateKey((ECDsa)key);
            return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
        }
    }

    /// <summary>A certificate's key, SEC 1 in DER.</summary>
    public static byte[] Key(DotNet.X509Certificate2 certificate)
    {
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        return key.ExportECPrivateKey();
    }
}
