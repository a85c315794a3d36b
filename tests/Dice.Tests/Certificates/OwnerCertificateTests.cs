using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.Dice.Encodings;
using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests.Certificates;

using Certificates = DevKit.Dice.Tests.Support.Certificates;

[TestClass]
public sealed class OwnerCertificateTests
{
    private static readonly X509BasicConstraintsExtension CertificateAuthority = new(true, true, 0, true);
    private static readonly X509KeyUsageExtension MaySign = new(X509KeyUsageFlags.KeyCertSign, true);

    private readonly DiceCredential _credential = Derive("owner-1");
    private readonly byte[] _request = Request("owner-1");

    [TestMethod]
    public void The_owners_certificate_is_attached_and_the_chain_builds_to_the_owners_CA()
    {
        using X509Certificate2 ca = MakeCa();
        byte[] owned = Sign(
            ca, _request, CertificateAuthority, MaySign, new X509SubjectKeyIdentifierExtension(_credential.DeviceIdKeyId, false));

        Assert.IsTrue(_credential.TryAttachOwnerCertificate(owned, out string problem), problem);

        Assert.IsNull(problem);
        Assert.IsNull(_credential.OwnerCertificateWarning);
        Assert.AreSame(owned, _credential.OwnerCertificate);
        using X509Certificate2 alias = X509CertificateLoader.LoadCertificate(_credential.AliasCertificate);
        using X509Certificate2 deviceId = X509CertificateLoader.LoadCertificate(owned);
        Assert.AreEqual(X509ChainStatusFlags.NoError, Certificates.Build(alias, ca, deviceId));
    }

    [TestMethod]
    public void A_certificate_without_a_key_identifier_is_attached_and_builds_too()
    {
        using X509Certificate2 ca = MakeCa();
        byte[] owned = Sign(ca, _request, CertificateAuthority);

        Assert.IsTrue(_credential.TryAttachOwnerCertificate(owned, out string problem), problem);

        Assert.IsNull(_credential.OwnerCertificateWarning);
        using X509Certificate2 alias = X509CertificateLoader.LoadCertificate(_credential.AliasCertificate);
        using X509Certificate2 deviceId = X509CertificateLoader.LoadCertificate(owned);
        Assert.AreEqual(X509ChainStatusFlags.NoError, Certificates.Build(alias, ca, deviceId));
    }

    // What openssl x509 -req does when it is not told otherwise.
    [TestMethod]
    public void Another_key_identifier_is_attached_with_a_warning_because_no_chain_builds_with_it()
    {
        using X509Certificate2 ca = MakeCa();
        CertificateRequest request = CertificateRequest.LoadSigningRequest(
            _request, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default);
        request.CertificateExtensions.Add(CertificateAuthority);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        byte[] owned = Issue(ca, request);

        Assert.IsTrue(_credential.TryAttachOwnerCertificate(owned, out _));

        Assert.Contains(Hex.Encode(_credential.DeviceIdKeyId), _credential.OwnerCertificateWarning);
        using X509Certificate2 alias = X509CertificateLoader.LoadCertificate(_credential.AliasCertificate);
        using X509Certificate2 deviceId = X509CertificateLoader.LoadCertificate(owned);
        Assert.AreNotEqual(X509ChainStatusFlags.NoError, Certificates.Build(alias, ca, deviceId));
    }

    // The commands of docs/identity.md.
    [TestMethod]
    public void Openssl_signs_the_request_into_a_certificate_that_is_attached_and_verifies()
    {
        using X509Certificate2 ca = MakeCa();
        Dictionary<string, string> files = new()
        {
            ["request.pem"] = Pem.Encode("CERTIFICATE REQUEST", _request),
            ["ca.pem"] = ca.ExportCertificatePem(),
            ["ca-key.pem"] = ca.GetECDsaPrivateKey()!.ExportECPrivateKeyPem(),
            ["deviceid.cnf"] = "basicConstraints = critical, CA:TRUE, pathlen:0\nkeyUsage = critical, keyCertSign\nsubjectKeyIdentifier = "
                + Hex.Encode(_credential.DeviceIdKeyId) + "\n",
        };
        (int exitCode, string output) = OpenSsl.Run(
            files, "x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-days", "3650", "-extfile",
            "deviceid.cnf");
        Assert.AreEqual(0, exitCode, output);
        byte[] owned = Pem.Decode("CERTIFICATE", Encoding.ASCII.GetBytes(output), 0, out _);

        Assert.IsTrue(_credential.TryAttachOwnerCertificate(owned, out string problem), problem);

        Assert.IsNull(_credential.OwnerCertificateWarning);
        files["chain.pem"] = Pem.Encode("CERTIFICATE", owned);
        files["alias.pem"] = Pem.Encode("CERTIFICATE", _credential.AliasCertificate);
        (exitCode, output) = OpenSsl.Run(
            files, "verify", "-purpose", "sslclient", "-CAfile", "ca.pem", "-untrusted", "chain.pem", "alias.pem");
        Assert.AreEqual(0, exitCode, output);
    }

    [TestMethod]
    public void A_certificate_for_another_devices_key_is_left_alone()
    {
        using X509Certificate2 ca = MakeCa();
        AssertRefused(Sign(ca, Request("owner-2"), CertificateAuthority, MaySign), "subject");
        CertificateRequest own = CertificateRequest.LoadSigningRequest(
            _request, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default);
        CertificateRequest request = new(own.SubjectName, new PublicKey(ca.GetECDsaPrivateKey()!), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(CertificateAuthority);
        AssertRefused(Issue(ca, request), "another key");
    }

    [TestMethod]
    public void A_name_that_the_CA_wrote_anew_as_a_PrintableString_is_the_same_name()
    {
        using X509Certificate2 ca = MakeCa();
        CertificateRequest own = CertificateRequest.LoadSigningRequest(
            _request, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default);
        CertificateRequest request = new(new X500DistinguishedName(own.SubjectName.Name), own.PublicKey, HashAlgorithmName.SHA256);
        CollectionAssert.AreNotEqual(own.SubjectName.RawData, request.SubjectName.RawData);
        request.CertificateExtensions.Add(CertificateAuthority);
        byte[] owned = Issue(ca, request);

        Assert.IsTrue(_credential.TryAttachOwnerCertificate(owned, out string problem), problem);

        using X509Certificate2 alias = X509CertificateLoader.LoadCertificate(_credential.AliasCertificate);
        using X509Certificate2 deviceId = X509CertificateLoader.LoadCertificate(owned);
        Assert.AreEqual(X509ChainStatusFlags.NoError, Certificates.Build(alias, ca, deviceId));
    }

    [TestMethod]
    public void A_certificate_that_is_no_CAs_is_left_alone()
    {
        using X509Certificate2 ca = MakeCa();

        AssertRefused(Sign(ca, _request), "CA");
        AssertRefused(Sign(ca, _request, new X509BasicConstraintsExtension(false, false, 0, true)), "CA");
        AssertRefused(
            Sign(ca, _request, CertificateAuthority, new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true)),
            "keyCertSign");
    }

    [TestMethod]
    public void The_alias_certificate_and_the_request_are_left_alone()
    {
        AssertRefused(_credential.AliasCertificate, "subject");
        AssertRefused(_request, "whole");
    }

    [TestMethod]
    public void The_devices_own_certificate_certifies_the_key_and_is_attached() =>
        Assert.IsTrue(_credential.TryAttachOwnerCertificate(DiceEngine.CreateDeviceIdCertificate(Secret("owner-1")), out _));

    [TestMethod]
    public void A_certificate_that_breaks_off_or_goes_on_is_left_alone()
    {
        using X509Certificate2 ca = MakeCa();
        byte[] owned = Sign(ca, _request, CertificateAuthority, MaySign);

        for (int length = 0; length < owned.Length; length++)
        {
            AssertRefused(owned[..length], "whole");
        }

        AssertRefused([.. owned, 0], "whole");
    }

    // What the signature covers is not looked at, so a certificate that is attached may be damaged, but neither in key nor in subject.
    [TestMethod]
    public void A_damaged_certificate_is_refused_or_certifies_the_key_still()
    {
        byte[] key = _credential.DeviceIdPublicKey;
        int attached = 0;
        Properties.Check(50_000, Properties.Damaged(DiceEngine.CreateDeviceIdCertificate(Secret("owner-1"))), der =>
        {
            bool taken = _credential.TryAttachOwnerCertificate(der, out string problem);

            Assert.AreEqual(taken, problem is null);
            if (taken)
            {
                attached++;
                Assert.AreSame(der, _credential.OwnerCertificate);
                Assert.IsGreaterThan(0, der.AsSpan().IndexOf(key));
                Assert.IsGreaterThan(0, der.AsSpan().IndexOf("DevKit DeviceID "u8));
            }
        });

        Assert.IsGreaterThan(1000, attached);
    }

    [TestMethod]
    public void What_is_refused_leaves_an_earlier_certificate_attached()
    {
        using X509Certificate2 ca = MakeCa();
        byte[] owned = Sign(ca, _request, CertificateAuthority);
        Assert.IsTrue(_credential.TryAttachOwnerCertificate(owned, out _));

        Assert.IsFalse(_credential.TryAttachOwnerCertificate([1, 2, 3], out _));

        Assert.AreSame(owned, _credential.OwnerCertificate);
    }

    [TestMethod]
    public void The_chain_is_the_alias_certificate_in_PEM_and_the_owners_if_there_is_one_and_a_NUL()
    {
        string alias = new(PemEncoding.Write("CERTIFICATE", _credential.AliasCertificate));
        Assert.AreEqual(alias + "\n\0", Encoding.ASCII.GetString(_credential.GetCertificateChainPem()));

        using X509Certificate2 ca = MakeCa();
        byte[] owned = Sign(ca, _request, CertificateAuthority);
        _credential.TryAttachOwnerCertificate(owned, out _);

        string both = alias + "\n" + new string(PemEncoding.Write("CERTIFICATE", owned)) + "\n\0";
        Assert.AreEqual(both, Encoding.ASCII.GetString(_credential.GetCertificateChainPem()));
    }

    private static DiceCredential Derive(string secret) =>
        DiceEngine.Derive(Secret(secret), [1], "device");

    private static byte[] Request(string secret) => DiceEngine.CreateDeviceIdRequest(Secret(secret));

    private static byte[] Secret(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    private static X509Certificate2 MakeCa()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Owner", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(20));
    }

    private static byte[] Sign(X509Certificate2 ca, byte[] asked, params X509Extension[] extensions)
    {
        CertificateRequest request = CertificateRequest.LoadSigningRequest(
            asked, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default);
        foreach (X509Extension extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return Issue(ca, request);
    }

    private static byte[] Issue(X509Certificate2 ca, CertificateRequest request)
    {
        using X509Certificate2 certificate = request.Create(ca, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(10), [7]);
        return certificate.RawData;
    }

    private void AssertRefused(byte[] der, string because)
    {
        Assert.IsFalse(_credential.TryAttachOwnerCertificate(der, out string problem));
        Assert.Contains(because, problem);
        Assert.IsNull(_credential.OwnerCertificate);
    }
}
