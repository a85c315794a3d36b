using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.Boot.Identity;
using DevKit.Boot.Settings;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.Support;

namespace DevKit.Boot.Tests;

[TestClass]
[DoNotParallelize]
public class OwnerCertificateTests
{
    [TestMethod]
    public void A_certificate_that_an_owner_signed_for_this_key_is_stored_and_becomes_part_of_the_chain()
    {
        ConsoleSession session = new();
        session.Execute("set_dps_uds " + Sample.Uds);
        byte[] signed = SignDeviceId(Sample.Uds);
        Assert.AreEqual(
            "INFO: Set DeviceID certificate successfully.\r\n", session.Execute("set_device_cert " + Convert.ToBase64String(signed)));
        Assert.AreEqual(Pem.Encode("CERTIFICATE", signed), session.Stored(Setting.DeviceCertificate));

        DeviceIdentity identity = DeviceIdentity.Read(session.Parts, ConsoleSession.Image, out _);
        CollectionAssert.AreEqual(signed, identity.Credential.OwnerCertificate);
        Assert.IsNull(identity.OwnerCertificateProblem);
        string answer = session.Execute("show_identity").Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.Contains("DeviceID certificate, as signed by the owner's CA:\n" + Pem.Encode("CERTIFICATE", signed), answer);
    }

    [TestMethod]
    public void After_another_UDS_the_stored_certificate_is_named_and_left_alone()
    {
        ConsoleSession session = new();
        session.Execute("set_dps_uds " + Sample.Uds);
        byte[] signed = SignDeviceId(Sample.Uds);
        session.Execute("set_device_cert " + Convert.ToBase64String(signed));
        session.Execute("set_dps_uds " + string.Concat(Enumerable.Repeat("a5", 32)));
        Assert.Contains("WARNING: The stored DeviceID certificate is not used: ", session.Execute("show_identity"));
        Assert.AreEqual(Pem.Encode("CERTIFICATE", signed), session.Stored(Setting.DeviceCertificate));
        Assert.IsNull(DeviceIdentity.Read(session.Parts, ConsoleSession.Image, out _).Credential.OwnerCertificate);
    }

    private static byte[] SignDeviceId(string uds)
    {
        byte[] request = DiceEngine.CreateDeviceIdRequest(Convert.FromHexString(uds));
        CertificateRequest asked = CertificateRequest.LoadSigningRequest(request, HashAlgorithmName.SHA256);
        using ECDsa ownerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest owner = new("CN=Owner CA", ownerKey, HashAlgorithmName.SHA256);
        owner.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 1, true));
        using X509Certificate2 ca = owner.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(10));
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        asked.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using X509Certificate2 signed = asked.Create(
            ca, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(5), [1, 2, 3, 4]);
        return signed.RawData;
    }
}
