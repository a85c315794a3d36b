using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DevKit.Platform.Tests;

[TestClass]
public sealed class CertificateWithKeyTests
{
    private static readonly byte[] Message = [1, 2, 3];

    [TestMethod]
    public void Rsa_key_signs_for_its_certificate()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=a", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = WithoutKey(request);
        using X509Certificate2 joined = CertificateWithKey.Join(certificate, key);
        using RSA? signer = joined.GetRSAPrivateKey();
        byte[] signature = signer!.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.IsTrue(key.VerifyData(Message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [TestMethod]
    public void Elliptic_key_signs_for_its_certificate_when_the_caller_s_is_gone()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = WithoutKey(new CertificateRequest("CN=a", key, HashAlgorithmName.SHA256));
        using X509Certificate2 joined = CertificateWithKey.Join(certificate, key);
        key.Dispose();
        using ECDsa? signer = joined.GetECDsaPrivateKey();
        using ECDsa? verifier = certificate.GetECDsaPublicKey();
        Assert.IsTrue(verifier!.VerifyData(Message, signer!.SignData(Message, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
    }

    [TestMethod]
    public void Another_s_key_and_a_key_of_another_kind_are_refused()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDiffieHellman agreement = ECDiffieHellman.Create();
        using X509Certificate2 certificate = WithoutKey(new CertificateRequest("CN=a", key, HashAlgorithmName.SHA256));
        Assert.ThrowsExactly<ArgumentException>(() => CertificateWithKey.Join(certificate, other));
        Assert.ThrowsExactly<ArgumentException>(() => CertificateWithKey.Join(certificate, agreement));
    }

    private static X509Certificate2 WithoutKey(CertificateRequest request)
    {
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadCertificate(made.RawData);
    }
}
