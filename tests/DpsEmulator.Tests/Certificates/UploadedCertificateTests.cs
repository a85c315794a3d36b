using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.DpsEmulator.Certificates;
using DevKit.DpsEmulator.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace DevKit.DpsEmulator.Tests.Certificates;

/// <summary>Certificates out of files as people have them.</summary>
[TestClass]
public sealed class UploadedCertificateTests : IDisposable
{
    private readonly DeviceCertificate _device = DeviceCertificate.Create("lamp");

    private byte[] Der => _device.Certificate.RawData;

    private string Base64 => Convert.ToBase64String(Der, Base64FormattingOptions.InsertLineBreaks);

    public void Dispose() => _device.Dispose();

    [TestMethod]
    public void PEM_is_read_whatever_stands_around_it()
    {
        string pem = _device.Pem;
        AssertReads(pem);
        AssertReads(pem.ReplaceLineEndings("\r\n"));
        AssertReads(pem.ReplaceLineEndings("  \r\n\t"));
        AssertReads("\uFEFF" + pem);
        AssertReads($"Subject: CN=lamp\n\n{pem}\n\nUniversit\u00E4t\n");
        AssertReads(pem.Replace("CERTIFICATE", "X509 CERTIFICATE", StringComparison.Ordinal));
        AssertReads(pem.ReplaceLineEndings(""));
        AssertReads(Encoding.Latin1.GetBytes("Ger\u00E4t\n" + pem));
    }

    [TestMethod]
    public void Text_in_two_bytes_a_character_is_read()
    {
        AssertReads([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(_device.Pem)]);
        AssertReads([.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(_device.Pem)]);
        AssertReads([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Base64)]);
    }

    [TestMethod]
    public void DER_and_base64_of_it_are_read()
    {
        AssertReads(Der);
        AssertReads(Base64);
        AssertReads(Base64.ReplaceLineEndings(""));
        AssertReads("\uFEFF" + Base64 + "\r\n");
        AssertReads(Convert.ToBase64String(Encoding.ASCII.GetBytes(_device.Pem)));
    }

    [TestMethod]
    public void PKCS7_with_one_certificate_is_read_and_with_more_is_refused()
    {
        using DeviceCertificate other = DeviceCertificate.Create("other");
        byte[] one = new X509Certificate2Collection(_device.Certificate).Export(X509ContentType.Pkcs7)!;
        AssertReads(one);
        AssertReads(PemEncoding.WriteString("PKCS7", one));
        AssertReads(Convert.ToBase64String(one));
        byte[] two = new X509Certificate2Collection { _device.Certificate, other.Certificate }.Export(X509ContentType.Pkcs7)!;
        AssertRefuses(two, "PKCS#7 of 2 certificates");
        AssertRefuses(PemEncoding.WriteString("PKCS7", two), "PKCS#7 of 2 certificates");
        AssertRefuses(one[..^20], "holds no certificate");
    }

    [TestMethod]
    public void A_chain_is_named_one()
    {
        using DeviceCertificate other = DeviceCertificate.Create("other");
        AssertRefuses(_device.Pem + "\n" + other.Pem, "a chain of 2 certificates");
    }

    [TestMethod]
    public void A_private_key_is_named_one()
    {
        using ECDsa key = _device.Certificate.GetECDsaPrivateKey()!;
        AssertRefuses(_device.Pem + "\n" + key.ExportPkcs8PrivateKeyPem(), "private key");
        AssertRefuses(key.ExportECPrivateKeyPem(), "EC PRIVATE KEY");
        AssertRefuses(key.ExportPkcs8PrivateKey(), "is a private key");
        AssertRefuses(_device.Certificate.Export(X509ContentType.Pfx), "PFX");
        AssertRefuses(_device.Certificate.Export(X509ContentType.Pfx, "password"), "PFX");
    }

    [TestMethod]
    public void A_request_is_named_one()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=lamp", key, HashAlgorithmName.SHA256);
        AssertRefuses(request.CreateSigningRequestPem(), "signing request");
        AssertRefuses(request.CreateSigningRequest(), "signing request");
        AssertRefuses(PemEncoding.WriteString("NEW CERTIFICATE REQUEST", request.CreateSigningRequest()), "signing request");
    }

    [TestMethod]
    public void What_is_nothing_of_that_is_refused()
    {
        AssertRefuses([], "empty");
        AssertRefuses(" \r\n", "empty");
        AssertRefuses("hello", "holds no certificate");
        AssertRefuses([1, 2, 3], "holds no certificate");
        AssertRefuses(_device.Pem[..^30], "damaged");
        AssertRefuses(_device.Pem.Replace("MII", "!!!", StringComparison.Ordinal), "damaged");
        AssertRefuses(PemEncoding.WriteString("PUBLIC KEY", [1, 2, 3]), "PUBLIC KEY");
        AssertRefuses(Der[..^1], "holds no certificate");
    }

    [TestMethod]
    public void Any_bytes_are_a_certificate_or_refused_with_a_reason() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            AssertRefuses(bytes, "");
            AssertRefuses([.. Der.AsSpan(0, Der.Length / 2), .. bytes], "");
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void A_common_name_that_is_too_long_for_the_standard_is_warned_of()
    {
        using DeviceCertificate longest = DeviceCertificate.Create(new string('x', 64));
        using DeviceCertificate longer = DeviceCertificate.Create(new string('x', 65));
        Assert.IsNull(UploadedCertificate.FindWarning(longest.Certificate));
        StringAssert.Contains(UploadedCertificate.FindWarning(longer.Certificate), "65 characters: X.509 allows 64");
    }

    private void AssertReads(string text) => AssertReads(Encoding.UTF8.GetBytes(text));

    private void AssertReads(byte[] file) => CollectionAssert.AreEqual(Der, UploadedCertificate.Read(file));

    private static void AssertRefuses(string text, string reason) => AssertRefuses(Encoding.UTF8.GetBytes(text), reason);

    private static void AssertRefuses(byte[] file, string reason) =>
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => UploadedCertificate.Read(file)).Message, reason);
}
