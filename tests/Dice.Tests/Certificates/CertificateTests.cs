using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.Dice.Encodings;
using DevKit.Dice.Tests.Support;
using FsCheck.Fluent;

namespace DevKit.Dice.Tests.Certificates;

using Certificates = DevKit.Dice.Tests.Support.Certificates;

[TestClass]
public sealed class CertificateTests
{
    private static readonly DiceCredential Credential = DiceEngine.Derive(Samples.Uds, Samples.Image, Samples.RegistrationId);
    private static readonly byte[] DeviceIdCertificate = DiceEngine.CreateDeviceIdCertificate(Samples.Uds);
    private static readonly byte[] DeviceIdRequest = DiceEngine.CreateDeviceIdRequest(Samples.Uds);

    [TestMethod]
    public void Everything_is_strict_DER_and_signed_by_the_DeviceID_key()
    {
        foreach (byte[] der in new[] { Credential.AliasCertificate, DeviceIdCertificate, DeviceIdRequest })
        {
            Assert.IsTrue(Certificates.Verify(der, Credential.DeviceIdPublicKey));
        }
    }

    [TestMethod]
    public void The_framework_reads_the_alias_certificate_as_specified()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(Credential.AliasCertificate);

        Assert.AreEqual(3, certificate.Version);
        Assert.AreEqual("CN=" + Samples.RegistrationId, certificate.Subject);
        Assert.AreEqual("CN=DevKit DeviceID " + Hex.Encode(Credential.DeviceIdKeyId, 0, 8), certificate.Issuer);
        Assert.AreEqual(new DateTime(2018, 1, 1, 0, 0, 0, DateTimeKind.Utc), certificate.NotBefore.ToUniversalTime());
        byte[] serial = SHA256.HashData([.. Credential.AliasKeyId, .. Encoding.ASCII.GetBytes(Samples.RegistrationId)])[..16];
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        Assert.AreEqual(Convert.ToHexString(serial), certificate.SerialNumber);
        using ECDsa key = certificate.GetECDsaPublicKey()!;
        ECParameters parameters = key.ExportParameters(false);
        CollectionAssert.AreEqual(Credential.AliasPublicKey, (byte[])[4, .. parameters.Q.X!, .. parameters.Q.Y!]);
        string[] expected = ["2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.14", "2.5.29.35", "2.23.133.5.4.1"];
        CollectionAssert.AreEqual(expected, certificate.Extensions.Select(e => e.Oid!.Value).ToArray());
        CollectionAssert.AreEqual(
            new[] { true, true, false, false, false, false }, certificate.Extensions.Select(e => e.Critical).ToArray());
        Assert.IsFalse(((X509BasicConstraintsExtension)certificate.Extensions[0]).CertificateAuthority);
        Assert.AreEqual(X509KeyUsageFlags.DigitalSignature, ((X509KeyUsageExtension)certificate.Extensions[1]).KeyUsages);
        Assert.AreEqual("1.3.6.1.5.5.7.3.2", ((X509EnhancedKeyUsageExtension)certificate.Extensions[2]).EnhancedKeyUsages[0].Value);
        Assert.AreEqual(
            Convert.ToHexString(SHA256.HashData(Credential.AliasPublicKey)[..20]),
            ((X509SubjectKeyIdentifierExtension)certificate.Extensions[3]).SubjectKeyIdentifier);
        X509AuthorityKeyIdentifierExtension authority = (X509AuthorityKeyIdentifierExtension)certificate.Extensions[4];
        CollectionAssert.AreEqual(Credential.DeviceIdKeyId, authority.KeyIdentifier!.Value.ToArray());
    }

    [TestMethod]
    public void The_TcbInfo_names_the_board_and_the_measurement()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(Credential.AliasCertificate);
        AsnReader info = new AsnReader(certificate.Extensions["2.23.133.5.4.1"]!.RawData, AsnEncodingRules.DER).ReadSequence();

        Assert.AreEqual("MXCHIP", Text(info.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0))));
        Assert.AreEqual("AZ3166", Text(info.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 1))));
        AsnReader measurements = info.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 6));
        AsnReader fwid = measurements.ReadSequence();
        Assert.AreEqual("2.16.840.1.101.3.4.2.1", fwid.ReadObjectIdentifier());
        CollectionAssert.AreEqual(SHA256.HashData(Samples.Image), fwid.ReadOctetString());
        fwid.ThrowIfNotEmpty();
        measurements.ThrowIfNotEmpty();
        info.ThrowIfNotEmpty();

        static string Text(byte[] ascii) => Encoding.ASCII.GetString(ascii);
    }

    [TestMethod]
    public void The_framework_reads_the_DeviceID_certificate_as_specified()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(DeviceIdCertificate);

        Assert.AreEqual(certificate.Issuer, certificate.Subject);
        Assert.HasCount(3, certificate.Extensions);
        X509BasicConstraintsExtension constraints = (X509BasicConstraintsExtension)certificate.Extensions[0];
        Assert.IsTrue(constraints.Critical && constraints.CertificateAuthority && constraints.HasPathLengthConstraint);
        Assert.AreEqual(0, constraints.PathLengthConstraint);
        Assert.AreEqual(X509KeyUsageFlags.KeyCertSign, ((X509KeyUsageExtension)certificate.Extensions[1]).KeyUsages);
        Assert.AreEqual(
            Convert.ToHexString(Credential.DeviceIdKeyId),
            ((X509SubjectKeyIdentifierExtension)certificate.Extensions[2]).SubjectKeyIdentifier);
    }

    [TestMethod]
    public void The_framework_builds_the_chain_from_alias_to_DeviceID()
    {
        using X509Certificate2 alias = X509CertificateLoader.LoadCertificate(Credential.AliasCertificate);
        using X509Certificate2 deviceId = X509CertificateLoader.LoadCertificate(DeviceIdCertificate);

        Assert.AreEqual(X509ChainStatusFlags.NoError, Certificates.Build(alias, deviceId));
    }

    [TestMethod]
    public void The_framework_reads_the_request_as_specified()
    {
        CertificateRequest request = CertificateRequest.LoadSigningRequest(
            DeviceIdRequest, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default);

        Assert.AreEqual("CN=DevKit DeviceID " + Hex.Encode(Credential.DeviceIdKeyId, 0, 8), request.SubjectName.Name);
        using ECDsa key = request.PublicKey.GetECDsaPublicKey()!;
        CollectionAssert.AreEqual(Credential.DeviceIdPublicKey[1..33], key.ExportParameters(false).Q.X);
        Assert.IsEmpty(request.CertificateExtensions);
        Assert.IsEmpty(request.OtherRequestAttributes);
    }

    [TestMethod]
    public void The_private_key_is_the_one_that_the_alias_certificate_certifies()
    {
        using ECDsa key = ECDsa.Create();
        key.ImportECPrivateKey(Credential.AliasPrivateKey, out int read);
        Assert.AreEqual(Credential.AliasPrivateKey.Length, read);
        ECParameters parameters = key.ExportParameters(false);
        CollectionAssert.AreEqual(Credential.AliasPublicKey, (byte[])[4, .. parameters.Q.X!, .. parameters.Q.Y!]);
    }

    [TestMethod]
    public void Openssl_verifies_the_alias_certificate()
    {
        (int exitCode, string output) = OpenSsl.Run(
            new Dictionary<string, string>
            {
                ["alias.pem"] = Pem.Encode("CERTIFICATE", Credential.AliasCertificate),
                ["deviceid.pem"] = Pem.Encode("CERTIFICATE", DeviceIdCertificate),
            },
            "verify", "-x509_strict", "-check_ss_sig", "-purpose", "sslclient", "-CAfile", "deviceid.pem", "alias.pem");

        Assert.AreEqual(0, exitCode, output);
    }

    [TestMethod]
    public void Openssl_verifies_the_request()
    {
        (int exitCode, string output) = OpenSsl.Run(
            new Dictionary<string, string> { ["request.pem"] = Pem.Encode("CERTIFICATE REQUEST", DeviceIdRequest) },
            "req", "-verify", "-noout", "-in", "request.pem");

        Assert.AreEqual(0, exitCode, output);
        Assert.Contains("verify OK", output);
    }

    [TestMethod]
    public void Openssl_reads_the_private_key()
    {
        (int exitCode, string output) = OpenSsl.Run(
            new Dictionary<string, string> { ["key.pem"] = Pem.Encode("EC PRIVATE KEY", Credential.AliasPrivateKey) },
            "ec", "-check", "-noout", "-in", "key.pem");

        Assert.AreEqual(0, exitCode, output);
    }

    // 1 and 128 are the ends of what is allowed, 64 and 65 lie about X.509's own bound, and in between the lengths of name, set, subject
    // and certificate content go from one byte to two.
    [TestMethod]
    public void Registration_IDs_of_every_length_make_certificates_that_verify()
    {
        for (int length = 1; length <= 128; length++)
        {
            string id = new('z', length);
            DiceCredential credential = DiceEngine.Derive(Samples.Uds, [1], id);

            Assert.IsTrue(Certificates.Verify(credential.AliasCertificate, credential.DeviceIdPublicKey));
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(credential.AliasCertificate);
            Assert.AreEqual(id, certificate.GetNameInfo(X509NameType.SimpleName, false));
            Ledger(credential.AliasCertificate);
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(64)]
    [DataRow(65)]
    [DataRow(128)]
    public void Openssl_verifies_certificates_of_the_boundary_lengths(int length)
    {
        DiceCredential credential = DiceEngine.Derive(Samples.Uds, [2], new string('q', length));

        (int exitCode, string output) = OpenSsl.Run(
            new Dictionary<string, string>
            {
                ["alias.pem"] = Pem.Encode("CERTIFICATE", credential.AliasCertificate),
                ["deviceid.pem"] = Pem.Encode("CERTIFICATE", DeviceIdCertificate),
            },
            "verify", "-CAfile", "deviceid.pem", "alias.pem");

        Assert.AreEqual(0, exitCode, output);
    }

    // Among a few thousand signatures stand r and s with a leading zero byte (the sign's), without, and shorter by one byte or two.
    [TestMethod]
    public void Certificates_verify_whatever_the_lengths_of_r_and_s()
    {
        HashSet<(int R, int S)> lengths = [];
        for (int i = 0; i < 1200; i++)
        {
            DiceCredential credential = DiceEngine.Derive(Samples.Uds, [1], $"device-{i}");
            byte[] signature = Ledger(credential.AliasCertificate);
            Assert.IsTrue(Certificates.Verify(credential.AliasCertificate, credential.DeviceIdPublicKey));
            lengths.Add((IntegerLength(signature.AsSpan(0, 32)), IntegerLength(signature.AsSpan(32))));
        }

        foreach (int length in new[] { 33, 32, 31 })
        {
            Assert.IsTrue(lengths.Any(l => l.R == length), $"No r of {length} bytes was seen.");
            Assert.IsTrue(lengths.Any(l => l.S == length), $"No s of {length} bytes was seen.");
        }
    }

    [TestMethod]
    public void Any_image_and_any_secret_make_certificates_that_verify() => Properties.Check(
        100,
        Gen.Zip(Properties.Bytes(32), Properties.Bytes(1, 5000)),
        input =>
        {
            DiceCredential credential = DiceEngine.Derive(input.Item1, input.Item2, "any");
            foreach (byte[] der in new[]
            {
                credential.AliasCertificate, DiceEngine.CreateDeviceIdCertificate(input.Item1),
                DiceEngine.CreateDeviceIdRequest(input.Item1),
            })
            {
                Assert.IsTrue(Certificates.Verify(der, credential.DeviceIdPublicKey));
            }
        });

    private static int IntegerLength(ReadOnlySpan<byte> number) => Reference.FromBytes(number).ToByteArray().Length;

    private static byte[] Ledger(byte[] certificate)
    {
        byte[] signature = Certificates.ReadSigned(certificate);
        AsnReader whole = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence();
        SignatureLedger.Enter(signature.AsSpan(0, 32), Samples.UdsText + Convert.ToHexString(whole.ReadEncodedValue().Span));
        return signature;
    }
}
