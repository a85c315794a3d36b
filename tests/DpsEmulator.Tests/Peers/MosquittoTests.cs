using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Peers;

/// <summary>The emulator against Mosquitto's clients: another MQTT, another TLS.</summary>
[TestClass]
public sealed class MosquittoTests
{
    [TestMethod]
    [DataRow("tlsv1.2")]
    [DataRow("tlsv1.3")]
    public async Task Mosquitto_sends_telemetry(string version)
    {
        string pub = Programs.Require("mosquitto_pub");
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.ProvisionAsync(certificate, Id);
        using var files = new TemporaryFolder();

        await Programs.RunAsync(
            pub,
            "",
            [
                .. Connection(cloud, certificate, files, version), "-u", UserName,
                "-q", "1", "-t", $"devices/{Id}/messages/events/a=b", "-m", "hello",
            ]);
        JsonNode device = await cloud.GetAsync($"api/devices/{Id}");
        Assert.AreEqual("hello", (string?)device["lastTelemetry"]!["text"]);
        Assert.AreEqual("b", (string?)device["lastTelemetry"]!["properties"]!["a"]);
    }

    [TestMethod]
    public async Task Mosquitto_begins_a_registration()
    {
        // Its clients either publish or subscribe to wildcards, so the answer is left to the other tests.
        string pub = Programs.Require("mosquitto_pub");
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        using var files = new TemporaryFolder();

        await Programs.RunAsync(
            pub,
            "",
            [
                .. Connection(cloud, certificate, files, "tlsv1.2"),
                "-u", $"{cloud.Host.IdScope}/registrations/{Id}/api-version=2019-03-31",
                "-q", "1", "-t", "$dps/registrations/PUT/iotdps-register/?$rid=1", "-m", $$"""{"registrationId":"{{Id}}"}""",
            ]);
        StringAssert.Contains(cloud.Log, $"{Id} is being assigned");
    }

    [TestMethod]
    public async Task Mosquitto_receives_a_message_to_the_device()
    {
        string sub = Programs.Require("mosquitto_sub");
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.ProvisionAsync(certificate, Id);
        using HttpResponseMessage queued = await cloud.Http.PostAsJsonAsync($"api/devices/{Id}/messages", new { text = "hello" });
        using var files = new TemporaryFolder();

        string received = await Programs.RunAsync(
            sub,
            "",
            [
                .. Connection(cloud, certificate, files, "tlsv1.2"), "-u", UserName,
                "-q", "1", "-C", "1", "-t", $"devices/{Id}/messages/devicebound/#",
            ]);
        Assert.AreEqual("hello", received.Trim());
    }

    [TestMethod]
    public async Task Mosquitto_is_told_that_it_is_not_authorized()
    {
        string pub = Programs.Require("mosquitto_pub");
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        using var files = new TemporaryFolder();

        string output = await Programs.RunAsync(
            pub,
            "",
            expectedExitCode: 5,
            [.. Connection(cloud, certificate, files, "tlsv1.2"), "-u", UserName, "-t", "x", "-m", "x"]);
        StringAssert.Contains(output.ToUpperInvariant(), "NOT AUTHORISED");
    }

    private static string[] Connection(Cloud cloud, DeviceCertificate certificate, TemporaryFolder files, string version) =>
    [
        "-h", "127.0.0.1", "-p", cloud.Host.MqttEndPoint.Port.ToString(CultureInfo.InvariantCulture),
        "--cafile", files.File("ca.pem", cloud.Host.CaCertificatePem),
        "--cert", files.File("device.pem", certificate.Pem),
        "--key", files.File("device.key.pem", certificate.KeyPem()),
        "--tls-version", version, "-V", "mqttv311", "-i", Id,
    ];
}
