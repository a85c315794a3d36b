using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using Microsoft.Extensions.Time.Testing;

namespace DevKit.DpsEmulator.Tests.Dps;

/// <summary>Certificates that a device is issued as it registers.</summary>
[TestClass]
public sealed class OperationalCertificateTests
{
    private const string Id = "my-devkit";
    private const string WithCsr = "2025-07-01-preview";

    [TestMethod]
    public async Task A_device_is_issued_a_certificate_for_its_request_and_connects_with_it_and_no_other()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate onboarding = DeviceCertificate.Create(Id);
        await EnrollAsync(cloud, onboarding, "default", deviceId: "lamp");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        JsonNode state = await RegisterAsync(cloud, onboarding, Request(Id, key));

        byte[][] chain = [.. state["issuedCertificateChain"]!.AsArray().Select(item => Convert.FromBase64String((string)item!))];
        Assert.HasCount(2, chain);
        using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(chain[0]);
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificate(chain[1]);
        Assert.AreEqual("CN=lamp", leaf.Subject, "the hub knows it by its device ID");
        Assert.AreEqual(authority.Subject, leaf.Issuer);
        Assert.AreEqual(authority.ExportCertificatePem(), (await cloud.Http.GetStringAsync("device-ca.pem")).Trim());
        using X509Certificate2 withKey = leaf.CopyWithPrivateKey(key);
        using var operational = DeviceCertificate.From(withKey, authority);
        await using TestDevice atHub = await TestDevice.ConnectHubAsync(cloud, operational, "lamp");
        await using TestDevice old = await TestDevice.OpenAsync(cloud, onboarding);
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await old.ConnectHubAsync("lamp", null));
    }

    [TestMethod]
    public async Task An_operational_certificate_ends_after_thirty_days_and_is_of_one_device()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using Cloud cloud = await Cloud.StartAsync(clock: clock);
        using DeviceCertificate onboarding = DeviceCertificate.Create(Id);
        using DeviceCertificate second = DeviceCertificate.Create("second");
        await EnrollAsync(cloud, onboarding, "default");
        await EnrollAsync(cloud, second, "default");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using DeviceCertificate operational = Join(await RegisterAsync(cloud, onboarding, Request(Id, key)), key);
        await RegisterAsync(cloud, second, Request("second", key), "second");

        await using TestDevice asSecond = await TestDevice.OpenAsync(cloud, operational);
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await asSecond.ConnectHubAsync("second", null));
        clock.Advance(TimeSpan.FromDays(31));
        await using TestDevice late = await TestDevice.OpenAsync(cloud, operational);
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await late.ConnectHubAsync(Id, null));
        StringAssert.Contains(cloud.Log, "NotTimeValid");
    }

    [TestMethod]
    public async Task Without_a_policy_a_device_is_assigned_without_a_certificate_and_the_log_says_why()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate onboarding = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(onboarding);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        JsonNode state = await RegisterAsync(cloud, onboarding, Request(Id, key));

        Assert.IsNull(state["issuedCertificateChain"]);
        StringAssert.Contains(cloud.Log, "its enrollment names no credential policy");
        await using TestDevice atHub = await TestDevice.ConnectHubAsync(cloud, onboarding, Id);
    }

    [TestMethod]
    [DataRow("another name", WithCsr, "common name is 'other'")]
    [DataRow("no base64", WithCsr, "no base64")]
    [DataRow("no request", WithCsr, "no signed PKCS#10")]
    [DataRow("forged", WithCsr, "no signed PKCS#10")]
    [DataRow("good", "2021-10-01", "needs the api-version 2025-07-01-preview")]
    public async Task A_request_that_cannot_be_granted_is_refused_with_400_and_a_reason(string kind, string apiVersion, string reason)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate onboarding = DeviceCertificate.Create(Id);
        await EnrollAsync(cloud, onboarding, "default");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string csr = kind switch
        {
            "another name" => Request("other", key),
            "no base64" => "?",
            "no request" => Convert.ToBase64String(onboarding.Certificate.RawData),
            "forged" => Forge(Request(Id, key)),
            _ => Request(Id, key),
        };
        await using TestDevice device = await TestDevice.OpenAsync(cloud, onboarding);

        DpsReply reply = await device.RegisterAsync(Id, apiVersion: apiVersion, csr: csr);

        Assert.AreEqual(400, reply.Status);
        StringAssert.Contains((string?)reply.Body["message"], reason);
    }

    private static string Request(string commonName, ECDsa key) =>
        Convert.ToBase64String(new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256).CreateSigningRequest());

    private static string Forge(string csr)
    {
        byte[] bytes = Convert.FromBase64String(csr);
        bytes[^1] ^= 1;
        return Convert.ToBase64String(bytes);
    }

    private static DeviceCertificate Join(JsonNode state, ECDsa key)
    {
        JsonArray chain = state["issuedCertificateChain"]!.AsArray();
        using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(Convert.FromBase64String((string)chain[0]!));
        using X509Certificate2 withKey = leaf.CopyWithPrivateKey(key);
        return DeviceCertificate.From(withKey, X509CertificateLoader.LoadCertificate(Convert.FromBase64String((string)chain[1]!)));
    }

    private static async Task EnrollAsync(Cloud cloud, DeviceCertificate onboarding, string policy, string? deviceId = null)
    {
        await cloud.EnrollAsync(onboarding);
        string path = $"dps/enrollments/{onboarding.Certificate.GetNameInfo(X509NameType.SimpleName, false)}";
        JsonNode enrollment = await cloud.GetAsync(path);
        enrollment["credentialPolicyName"] = policy;
        enrollment["deviceId"] = deviceId;
        await cloud.PutAsync(path, enrollment, (string?)enrollment["etag"]);
    }

    private static async Task<JsonNode> RegisterAsync(Cloud cloud, DeviceCertificate certificate, string csr, string id = Id)
    {
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        DpsReply reply = await device.RegisterAsync(id, apiVersion: WithCsr, csr: csr);
        Assert.AreEqual("assigned", (string?)reply.Body["status"], cloud.Log);
        return reply.Body["registrationState"]!;
    }
}
