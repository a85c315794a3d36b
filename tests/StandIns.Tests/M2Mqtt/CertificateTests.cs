using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.Support.Servers;
using DotNet = System.Security.Cryptography.X509Certificates;

namespace NanoStandIns.Tests.M2Mqtt;

[TestClass]
public sealed class CertificateTests
{
    [TestMethod]
    public void A_certificate_says_what_is_in_it_in_DER_and_PEM()
    {
        using DotNet.X509Certificate2 original = Certificates.Device("lamp");
        foreach (X509Certificate2 certificate in new[]
        {
            new X509Certificate2(original.RawData),
            new X509Certificate2(original.ExportCertificatePem()),
            new X509Certificate2(Encoding.ASCII.GetBytes(original.ExportCertificatePem() + "\0")),
        })
        {
            Assert.AreEqual("CN=lamp", certificate.Subject);
            Assert.AreEqual("CN=lamp", certificate.Issuer);
            Assert.AreEqual(original.NotBefore.ToUniversalTime(), certificate.NotBefore);
            Assert.IsFalse(certificate.HasPrivateKey);
        }
    }

    [TestMethod]
    public void PEM_without_its_NUL_is_refused_as_the_device_refuses_it()
    {
        using DotNet.X509Certificate2 original = Certificates.Device("lamp");
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(
            () => new X509Certificate(Encoding.ASCII.GetBytes(original.ExportCertificatePem())));
        StringAssert.Contains(error.Message, "NUL");
    }

    [TestMethod]
    public void Junk_is_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new X509Certificate(new byte[10]));
        Assert.ThrowsExactly<ArgumentException>(() => new X509Certificate(Array.Empty<byte>()));
        Assert.ThrowsExactly<ArgumentException>(() => new X509Certificate("junk"));
        Assert.ThrowsExactly<ArgumentNullException>(() => new X509Certificate((byte[])null!));
    }

    [TestMethod]
    public void A_private_key_is_taken_in_every_form_and_not_copied()
    {
        using DotNet.X509Certificate2 original = Certificates.Device("lamp");
        using ECDsa elliptic = original.GetECDsaPrivateKey()!;
        using var rsa = RSA.Create(2048);
        byte[][] keys =
        [
            elliptic.ExportECPrivateKey(),
            elliptic.ExportPkcs8PrivateKey(),
            Encoding.ASCII.GetBytes(elliptic.ExportECPrivateKeyPem() + "\0"),
            Encoding.ASCII.GetBytes(elliptic.ExportPkcs8PrivateKeyPem() + "\0"),
            rsa.ExportRSAPrivateKey(),
            rsa.ExportPkcs8PrivateKey(),
            Encoding.ASCII.GetBytes(rsa.ExportRSAPrivateKeyPem() + "\0"),
        ];
        foreach (byte[] key in keys)
        {
            var certificate = new X509Certificate2(original.RawData, key, null);
            Assert.IsTrue(certificate.HasPrivateKey);
            Assert.AreSame(key, certificate.PrivateKey);
        }
    }

    [TestMethod]
    public void An_encrypted_private_key_needs_its_password()
    {
        using DotNet.X509Certificate2 original = Certificates.Device("lamp");
        using ECDsa elliptic = original.GetECDsaPrivateKey()!;
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000);
        byte[] der = elliptic.ExportEncryptedPkcs8PrivateKey("word", parameters);
        byte[] pem = Encoding.ASCII.GetBytes(elliptic.ExportEncryptedPkcs8PrivateKeyPem("word", parameters) + "\0");
        foreach (byte[] key in new[] { der, pem })
        {
            Assert.IsTrue(new X509Certificate2(original.RawData, key, "word").HasPrivateKey);
            Assert.ThrowsExactly<ArgumentException>(() => new X509Certificate2(original.RawData, key, "other"));
            Assert.ThrowsExactly<ArgumentException>(() => new X509Certificate2(original.RawData, key, null));
        }
    }

    [TestMethod]
    public void What_is_no_private_key_is_refused_and_not_repeated()
    {
        using DotNet.X509Certificate2 original = Certificates.Device("lamp");
        using ECDsa elliptic = original.GetECDsaPrivateKey()!;
        string pem = elliptic.ExportECPrivateKeyPem();
        ArgumentException withoutNul = Assert.ThrowsExactly<ArgumentException>(
            () => new X509Certificate2(original.RawData, Encoding.ASCII.GetBytes(pem), null));
        Assert.DoesNotContain(pem.Split('\n')[1], withoutNul.ToString());
        Assert.ThrowsExactly<ArgumentException>(() => new X509Certificate2(original.RawData, new byte[121], null));
    }
}
