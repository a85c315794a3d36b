using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.Dice.Encodings;
using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests.Certificates;

using Certificates = DevKit.Dice.Tests.Support.Certificates;

/// <summary>The request for the alias key, and the chains that a cloud's CA may answer it with.</summary>
[TestClass]
public sealed class OperationalCertificateTests
{
    private const string Id = "my-devkit";

    private static readonly DiceCredential Credential = DiceEngine.Derive(Samples.Uds, Samples.Image, Id);
    private static readonly X509BasicConstraintsExtension CertificateAuthority = new(true, false, 0, true);

    [TestMethod]
    [DataRow(Id)]
    [DataRow("a")]
    [DataRow("-", 128)]
    public void The_request_is_for_the_alias_key_under_the_registration_ID_and_signed_by_it(string id, int times = 1)
    {
        DiceCredential credential = DiceEngine.Derive(Samples.Uds, Samples.Image, string.Concat(Enumerable.Repeat(id, times)));

        byte[] request = credential.CreateAliasRequest();

        Assert.IsTrue(Certificates.Verify(request, credential.AliasPublicKey));
        CertificateRequest read = CertificateRequest.LoadSigningRequest(
            request, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default);
        using X509Certificate2 alias = X509CertificateLoader.LoadCertificate(credential.AliasCertificate);
        CollectionAssert.AreEqual(alias.SubjectName.RawData, read.SubjectName.RawData);
        CollectionAssert.AreEqual(alias.PublicKey.ExportSubjectPublicKeyInfo(), read.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.IsEmpty(read.CertificateExtensions);
        Assert.IsEmpty(read.OtherRequestAttributes);
        CollectionAssert.AreEqual(request, credential.CreateAliasRequest());
    }

    [TestMethod]
    public void Openssl_verifies_the_request()
    {
        (int exitCode, string output) = OpenSsl.Run(
            new Dictionary<string, string> { ["request.pem"] = Pem.Encode("CERTIFICATE REQUEST", Credential.CreateAliasRequest()) },
            "req", "-verify", "-noout", "-in", "request.pem");

        Assert.AreEqual(0, exitCode, output);
        Assert.Contains("verify OK", output);
    }

    [TestMethod]
    public void A_credential_that_was_wiped_requests_nothing()
    {
        DiceCredential credential = DiceEngine.Derive(Samples.Uds, Samples.Image, Id);
        credential.Clear();

        Assert.ThrowsExactly<InvalidOperationException>(() => credential.CreateAliasRequest());
    }

    [TestMethod]
    [DataRow("ECDSA")]
    [DataRow("RSA")]
    public void A_chain_that_certifies_the_alias_key_is_taken_with_or_without_its_CAs(string algorithm)
    {
        using X509Certificate2 root = MakeCa(algorithm, "CN=Root, O=Cloud");
        using X509Certificate2 issuing = IssueCa(root, algorithm, "CN=Issuing, O=Cloud");
        byte[] leaf = IssueLeaf(issuing);

        Assert.IsNull(ProblemOf(leaf));
        Assert.IsNull(ProblemOf(leaf, issuing.RawData));
        Assert.IsNull(ProblemOf(leaf, issuing.RawData, root.RawData));
    }

    [TestMethod]
    [DataRow("CN=my-devkit", true)]
    [DataRow("CN=MY-DevKit", true)]
    [DataRow("O=Contoso, CN=my-devkit, OU=Devices", true)]
    [DataRow("CN=my-devkit", false)]
    public void The_name_may_have_capitals_company_and_either_kind_of_text(string name, bool asUtf8)
    {
        using X509Certificate2 ca = MakeCa("ECDSA", "CN=Cloud");

        Assert.IsNull(ProblemOf(IssueLeaf(ca, Name(name, asUtf8))));
    }

    [TestMethod]
    [DataRow("CN=other-devkit", "\"other-devkit\"")]
    [DataRow("CN=my-devkit2", "\"my-devkit2\"")]
    [DataRow("CN=my-devkiţ", "\"my-devki??\"")]
    [DataRow("O=my-devkit", "one common name")]
    [DataRow("CN=my-devkit, O=Contoso, CN=my-devkit", "one common name")]
    [DataRow("", "one common name")]
    public void Another_name_is_refused(string name, string named)
    {
        using X509Certificate2 ca = MakeCa("ECDSA", "CN=Cloud");

        Assert.Contains(named, ProblemOf(IssueLeaf(ca, Name(name, asUtf8: true))));
    }

    [TestMethod]
    public void A_name_in_another_kind_of_text_is_refused()
    {
        using X509Certificate2 ca = MakeCa("ECDSA", "CN=Cloud");
        byte[] name = Name("CN=my-devkit", asUtf8: true).RawData;
        const byte Utf8String = 0x0C, T61String = 0x14;
        name[Array.IndexOf(name, Utf8String)] = T61String;

        Assert.Contains("one common name", ProblemOf(IssueLeaf(ca, new X500DistinguishedName(name))));
    }

    [TestMethod]
    public void Another_key_is_refused()
    {
        using X509Certificate2 ca = MakeCa("ECDSA", "CN=Cloud");
        DiceCredential other = DiceEngine.Derive(Samples.Uds, [9], Id);

        Assert.Contains("another key", Credential.FindOperationalCertificateProblem([IssueLeaf(ca, credential: other)]));
    }

    [TestMethod]
    public void A_CAs_certificate_is_refused_as_the_devices_own()
    {
        using X509Certificate2 ca = MakeCa("ECDSA", "CN=Cloud");

        Assert.Contains("a CA's", ProblemOf(IssueLeaf(ca, extension: CertificateAuthority)));
    }

    [TestMethod]
    public void Certificates_that_do_not_follow_from_one_another_are_refused()
    {
        using X509Certificate2 root = MakeCa("ECDSA", "CN=Root");
        using X509Certificate2 issuing = IssueCa(root, "ECDSA", "CN=Issuing");
        byte[] leaf = IssueLeaf(issuing);

        Assert.Contains("Certificate 2", ProblemOf(leaf, root.RawData));
        Assert.Contains("Certificate 2", ProblemOf(leaf, leaf));
        Assert.Contains("Certificate 3", ProblemOf(leaf, issuing.RawData, issuing.RawData));
        Assert.Contains("another key", ProblemOf(issuing.RawData, leaf));
    }

    [TestMethod]
    public void From_1_to_8_certificates_are_taken()
    {
        using X509Certificate2 ca = MakeCa("ECDSA", "CN=Cloud");
        byte[] leaf = IssueLeaf(ca);

        Assert.Contains("0 certificates", ProblemOf());
        Assert.IsNull(ProblemOf([leaf, .. Enumerable.Repeat(ca.RawData, 7)]));
        Assert.Contains("9 certificates", ProblemOf([leaf, .. Enumerable.Repeat(ca.RawData, 8)]));
    }

    [TestMethod]
    public void A_certificate_that_breaks_off_or_goes_on_is_refused_wherever_it_stands()
    {
        using X509Certificate2 ca = MakeCa("RSA", "CN=Cloud");
        byte[] leaf = IssueLeaf(ca);

        for (int length = 0; length < leaf.Length; length++)
        {
            Assert.Contains("Certificate 1 of the chain is not a whole", ProblemOf(leaf[..length], ca.RawData));
        }

        Assert.Contains("Certificate 1 of the chain is not a whole", ProblemOf([.. leaf, 0], ca.RawData));
        for (int length = 0; length < ca.RawData.Length; length++)
        {
            Assert.Contains("Certificate 2 of the chain is not a whole", ProblemOf(leaf, ca.RawData[..length]));
        }
    }

    // Neither dates nor the signature are looked at, so most of what is damaged is taken, but never with another key or name.
    [TestMethod]
    public void A_certificate_with_a_flipped_byte_is_refused_or_certifies_key_and_name_still()
    {
        using X509Certificate2 ca = MakeCa("ECDSA", "CN=Cloud");
        byte[] leaf = IssueLeaf(ca);
        int signature = leaf.Length - 64;
        for (int at = 0; at < leaf.Length; at++)
        {
            foreach (byte mask in new byte[] { 0xFF, 0x01, 0x20, 0x80 })
            {
                byte[] flipped = [.. leaf];
                flipped[at] ^= mask;
                string problem = ProblemOf(flipped, ca.RawData);
                if (problem is null)
                {
                    Assert.IsGreaterThan(0, flipped.AsSpan().IndexOf(Credential.AliasPublicKey));
                    Assert.Contains(Id, Encoding.Latin1.GetString(flipped), StringComparison.OrdinalIgnoreCase);
                }

                Assert.IsFalse(at >= signature && problem is not null, problem);
            }
        }
    }

    [TestMethod]
    public void Damaged_chains_throw_nothing()
    {
        using X509Certificate2 ca = MakeCa("ECDSA", "CN=Cloud");
        byte[] leaf = IssueLeaf(ca);
        int taken = 0;
        Properties.Check(20_000, Properties.Damaged(leaf), der => taken += ProblemOf(der, ca.RawData) is null ? 1 : 0);

        Assert.IsGreaterThan(100, taken);
    }

    private static string ProblemOf(params byte[][] chain) => Credential.FindOperationalCertificateProblem(chain);

    private static X500DistinguishedName Name(string name, bool asUtf8) =>
        new(name, asUtf8 ? X500DistinguishedNameFlags.ForceUTF8Encoding : X500DistinguishedNameFlags.None);

    private static CertificateRequest MakeRequest(string algorithm, string name) => algorithm == "RSA"
        ? new CertificateRequest(name, RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : new CertificateRequest(name, ECDsa.Create(ECCurve.NamedCurves.nistP384), HashAlgorithmName.SHA384);

    private static X509Certificate2 MakeCa(string algorithm, string name)
    {
        CertificateRequest request = MakeRequest(algorithm, name);
        request.CertificateExtensions.Add(CertificateAuthority);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(20));
    }

    private static X509Certificate2 IssueCa(X509Certificate2 root, string algorithm, string name)
    {
        X509Certificate2 self = MakeCa(algorithm, name);
        CertificateRequest request = new(self.SubjectName, self.PublicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(CertificateAuthority);
        using X509Certificate2 issued = Issue(root, request);
        return algorithm == "RSA"
            ? issued.CopyWithPrivateKey(self.GetRSAPrivateKey()!)
            : issued.CopyWithPrivateKey(self.GetECDsaPrivateKey()!);
    }

    private static byte[] IssueLeaf(
        X509Certificate2 ca, X500DistinguishedName? name = null, X509Extension? extension = null, DiceCredential? credential = null)
    {
        CertificateRequest asked = CertificateRequest.LoadSigningRequest(
            (credential ?? Credential).CreateAliasRequest(), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default);
        CertificateRequest request = new(name ?? asked.SubjectName, asked.PublicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(extension ?? new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        using X509Certificate2 leaf = Issue(ca, request);
        return leaf.RawData;
    }

    private static X509Certificate2 Issue(X509Certificate2 ca, CertificateRequest request)
    {
        X509SignatureGenerator generator = ca.GetRSAPrivateKey() is { } rsa
            ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
            : X509SignatureGenerator.CreateForECDsa(ca.GetECDsaPrivateKey()!);
        return request.Create(ca.SubjectName, generator, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddYears(1), [7, 7]);
    }
}
