using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using DevKit.Peers.Tests.Rig;
using DevKit.Support.Peers;

namespace DevKit.Peers.Tests;

/// <summary>Mosquitto's command-line clients: another MQTT, another TLS.</summary>
[TestClass]
public sealed class MosquittoTests
{
    private const string Sent = """{ "text": "hello", "properties": { "a": "b" } }""";
    private const string Hub = EmulatorOptions.DefaultHubName;
    private const string Certified = "mosquitto-x509";
    private const string Keyed = "mosquitto-key";

    internal static PeerGroup Group { get; } = new(typeof(MosquittoTests), () => "`mosquitto-clients`, Debian", RunAsync);

    [TestMethod]
    [DataRow("mosquitto_pub sends telemetry by X.509, TLS 1.2", Sent)]
    [DataRow("mosquitto_pub sends telemetry by X.509, TLS 1.3", Sent)]
    [DataRow("mosquitto_pub sends telemetry by SAS token, TLS 1.3", Sent)]
    [DataRow("mosquitto_sub receives a message", "\"good morning\"")]
    [DataRow("mosquitto_pub is refused without a proof", "\"Connection error: Connection Refused: not authorised.\"")]
    public async Task Mosquitto_sees(string scenario, string expected) => await Group.AssertSawAsync(scenario, expected);

    private static async Task<IReadOnlyList<ScenarioResult>> RunAsync()
    {
        await using PeerCloud cloud = await PeerCloud.StartAsync("127.0.5.4");
        DeviceKeys keys = DeviceKeys.CreateSelfSigned(Certified);
        await cloud.AddDeviceAsync(
            Certified,
            new { Type = "selfSigned", X509Thumbprint = new { PrimaryThumbprint = keys.GetThumbprint(HashAlgorithmName.SHA256) } });
        await cloud.AddDeviceAsync(Keyed, DeviceKeys.KeyAuthentication);
        string[] certificate =
            ["--cert", cloud.WriteFile("device.pem", keys.Certificate), "--key", cloud.WriteFile("device.key.pem", keys.Key)];
        string[] token = ["-P", DeviceKeys.CreateToken($"{Hub}/devices/{Keyed}")];
        return
        [
            await ScenarioResult.RunAsync(
                "mosquitto_pub sends telemetry by X.509, TLS 1.2",
                () => SendAsync(cloud, Certified, ["--tls-version", "tlsv1.2", .. certificate])),
            await ScenarioResult.RunAsync(
                "mosquitto_pub sends telemetry by X.509, TLS 1.3",
                () => SendAsync(cloud, Certified, ["--tls-version", "tlsv1.3", .. certificate])),
            await ScenarioResult.RunAsync(
                "mosquitto_pub sends telemetry by SAS token, TLS 1.3",
                () => SendAsync(cloud, Keyed, ["--tls-version", "tlsv1.3", .. token])),
            await ScenarioResult.RunAsync("mosquitto_sub receives a message", () => ReceiveAsync(cloud, Certified, certificate)),
            await ScenarioResult.RunAsync("mosquitto_pub is refused without a proof", () => ConnectAsync(cloud, Keyed)),
        ];
    }

    private static async Task<JsonNode> SendAsync(PeerCloud cloud, string id, string[] options)
    {
        await RunAsync(cloud, "mosquitto_pub", id, [.. options, "-q", "1", "-t", $"devices/{id}/messages/events/a=b", "-m", "hello"]);
        return await cloud.GetTelemetryAsync(id);
    }

    private static async Task<JsonNode> ReceiveAsync(PeerCloud cloud, string id, string[] options)
    {
        await cloud.SendToAsync(id, "good morning");
        string[] subscription = ["-q", "1", "-C", "1", "-t", $"devices/{id}/messages/devicebound/#"];
        return (await RunAsync(cloud, "mosquitto_sub", id, [.. options, .. subscription])).Trim();
    }

    private static async Task<JsonNode> ConnectAsync(PeerCloud cloud, string id)
    {
        string[] client = [.. Command(cloud, "mosquitto_pub", id), "-t", "x", "-m", "x"];
        string output = await cloud.RunAsync("sh", "", ["-c", "\"$@\" 2>&1 || true", "sh", .. client]);
        return output.Split('\n')[0];
    }

    private static Task<string> RunAsync(PeerCloud cloud, string client, string id, string[] options)
    {
        string[] command = Command(cloud, client, id);
        return cloud.RunAsync(command[0], "", [.. command[1..], .. options]);
    }

    /// <summary>A client with what it connects by.</summary>
    private static string[] Command(PeerCloud cloud, string client, string id) =>
    [
        MosquittoClients.Require(client), "-h", Hub, "-p", "8883", "--cafile", cloud.CaFile, "-V", "mqttv311",
        "-i", id, "-u", $"{Hub}/{id}/?api-version=2021-04-12",
    ];
}
