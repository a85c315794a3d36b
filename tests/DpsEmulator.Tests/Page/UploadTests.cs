using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.DpsEmulator.Tests.Support;
using static DevKit.DpsEmulator.Tests.Support.Samples;
using static Microsoft.Playwright.Assertions;

namespace DevKit.DpsEmulator.Tests.Page;

/// <summary>Certificates as people have them, chosen as files.</summary>
[TestClass]
public sealed class UploadTests
{
    [TestMethod]
    public async Task Files_of_every_kind_are_read()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        byte[] der = certificate.Certificate.RawData;
        var files = new Dictionary<string, byte[]>
        {
            ["plain.pem"] = Encoding.ASCII.GetBytes(certificate.Pem),
            ["bom-and-crlf.pem"] = [0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes(certificate.Pem.ReplaceLineEndings("\r\n"))],
            ["text-around.txt"] = Encoding.UTF8.GetBytes($"Gerät 7\n{certificate.Pem}\nEnde\n"),
            ["device.der"] = der,
            ["device.p7b"] = new X509Certificate2Collection(certificate.Certificate).Export(X509ContentType.Pkcs7)!,
            ["base64.cer"] = Encoding.ASCII.GetBytes(Convert.ToBase64String(der, Base64FormattingOptions.InsertLineBreaks)),
            ["utf-16.pem"] = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(certificate.Pem)],
        };
        await using Portal portal = await Portal.OpenAsync(cloud, "new-enrollment");
        foreach ((string name, byte[] bytes) in files)
        {
            await portal.Field("Certificate, primary").SetInputFilesAsync(Array.Empty<string>());
            await Expect(portal.Fact("SHA-256")).ToHaveCountAsync(0);
            await portal.ChooseAsync("Certificate, primary", name, bytes);
            await Expect(portal.Fact("SHA-256")).ToHaveTextAsync(certificate.Fingerprint.ToLowerInvariant());
            await Expect(portal.Message).ToBeEmptyAsync();
        }

        await portal.Button("Enroll").ClickAsync();
        await portal.ExpectRouteAsync("enrollment/" + Id);
    }

    [TestMethod]
    public async Task What_is_no_certificate_is_named_by_its_kind()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        using DeviceCertificate other = DeviceCertificate.Create("other");
        using ECDsa key = certificate.Certificate.GetECDsaPrivateKey()!;
        var request = new CertificateRequest($"CN={Id}", key, HashAlgorithmName.SHA256);
        var both = new X509Certificate2Collection { certificate.Certificate, other.Certificate };
        var files = new Dictionary<string, (byte[] Bytes, string Reason)>
        {
            ["chain.pem"] = (Encoding.ASCII.GetBytes(certificate.Pem + "\n" + other.Pem), "a chain of 2 certificates"),
            ["with-key.pem"] = (Encoding.ASCII.GetBytes(certificate.Pem + "\n" + certificate.KeyPem()), "private key"),
            ["request.pem"] = (Encoding.ASCII.GetBytes(request.CreateSigningRequestPem()), "signing request"),
            ["request.der"] = (request.CreateSigningRequest(), "signing request"),
            ["device.pfx"] = (certificate.Certificate.Export(X509ContentType.Pfx), "PFX"),
            ["two.p7b"] = (both.Export(X509ContentType.Pkcs7)!, "PKCS#7 of 2 certificates"),
            ["notes.txt"] = ("nothing"u8.ToArray(), "holds no certificate"),
            ["empty.pem"] = ([], "empty"),
        };
        await using Portal portal = await Portal.OpenAsync(cloud, "new-enrollment");
        foreach ((string name, (byte[] bytes, string reason)) in files)
        {
            await portal.ChooseAsync("Certificate, primary", name, bytes);
            await portal.ExpectMessageAsync(reason);
            await Expect(portal.Field("Certificate, primary")).ToHaveValueAsync("");
        }

        await Expect(portal.Fact("SHA-256")).ToHaveCountAsync(0);
    }

    [TestMethod]
    public async Task What_will_not_do_is_shown_with_what_the_certificate_says()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate expired = DeviceCertificate.Create("old", notAfter: new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        string longName = new('x', 100);
        using DeviceCertificate tooLong = DeviceCertificate.Create(longName);
        await using Portal portal = await Portal.OpenAsync(cloud, "new-enrollment");
        await portal.ChooseAsync("Certificate, primary", "old.der", expired.Certificate.RawData);
        await Expect(portal.Page.Locator(".problem")).ToContainTextAsync("has expired: it is valid from 2018-01-01");
        await portal.Button("Enroll").ClickAsync();
        await portal.ExpectMessageAsync("has expired");
        Assert.IsEmpty(await cloud.QueryAsync("enrollments"));

        await portal.ChooseAsync("Certificate, primary", "long.der", tooLong.Certificate.RawData);
        await Expect(portal.Page.Locator(".problem")).ToHaveCountAsync(0);
        await Expect(portal.Page.Locator(".warning")).ToContainTextAsync("100 characters: X.509 allows 64");
        await portal.Button("Enroll").ClickAsync();
        await portal.ExpectRouteAsync("enrollment/" + longName);
        await Expect(portal.Page.Locator(".warning")).ToContainTextAsync("100 characters");
    }
}
