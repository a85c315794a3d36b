using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using DevKit.Peers.Tests.Rig;
using MQTTnet;

namespace DevKit.Peers.Tests;

/// <summary>MQTTnet as a client.</summary>
[TestClass]
public sealed class MqttNetTests
{
    private const string Walk =
        """
        {
            "status": "assigned",
            "sent": { "text": "hello", "properties": { "colour": "a&b" } },
            "received": "good morning",
            "reported": "$iothub/twin/res/204/?$rid=1&$version=2"
        }
        """;

    internal static PeerGroup Group { get; } = new(
        typeof(MqttNetTests), () => $"MQTTnet {typeof(MqttClientFactory).Assembly.GetName().Version?.ToString(3)}", RunAsync);

    [TestMethod]
    [DataRow("From registration to twin over MQTT: X.509", Walk)]
    [DataRow("From registration to twin over MQTT: symmetric key", Walk)]
    [DataRow("From registration to twin over WebSockets: X.509", Walk)]
    [DataRow("From registration to twin over WebSockets: symmetric key", Walk)]
    public async Task MQTTnet_sees(string scenario, string expected) => await Group.AssertSawAsync(scenario, expected);

    private static async Task<IReadOnlyList<ScenarioResult>> RunAsync()
    {
        await using PeerCloud cloud = await PeerCloud.StartAsync("127.0.5.7");
        List<ScenarioResult> results = [];
        foreach (bool overWebSockets in new[] { false, true })
        {
            string way = $"From registration to twin over {(overWebSockets ? "WebSockets" : "MQTT")}";
            string id = overWebSockets ? "mqttnet-websockets" : "mqttnet";
            DeviceKeys keys = DeviceKeys.CreateSelfSigned(id);
            using X509Certificate2 certificate = keys.ToCertificate();
            await cloud.EnrollAsync(id, keys.ToAttestation());
            results.Add(await ScenarioResult.RunAsync($"{way}: X.509", () => WalkAsync(cloud, overWebSockets, id, certificate)));
            id += "-key";
            await cloud.EnrollAsync(id, DeviceKeys.KeyAttestation);
            results.Add(await ScenarioResult.RunAsync($"{way}: symmetric key", () => WalkAsync(cloud, overWebSockets, id, null)));
        }

        return results;
    }

    private static async Task<JsonNode> WalkAsync(PeerCloud cloud, bool overWebSockets, string id, X509Certificate2? certificate)
    {
        JsonNode state = await RegisterAsync(cloud, overWebSockets, id, certificate);
        string hub = (string)state["assignedHub"]!;
        using MqttNetClient device = await MqttNetClient.ConnectAsync(
            cloud, overWebSockets, id, $"{hub}/{id}/?api-version=2021-04-12", Prove(certificate, $"{hub}/devices/{id}"));
        await device.SubscribeAsync($"devices/{id}/messages/devicebound/#");
        await device.SubscribeAsync("$iothub/twin/res/#");

        await device.PublishAsync($"devices/{id}/messages/events/colour=a%26b", "hello");
        JsonNode sent = await cloud.GetTelemetryAsync(id);
        await cloud.SendToAsync(id, "good morning");
        (_, string received) = await device.ReceiveAsync();
        await device.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=1", """{"fan":"on"}""");
        (string reported, _) = await device.ReceiveAsync();
        await device.DisconnectAsync();
        return new JsonObject
        {
            ["status"] = state["status"]!.DeepClone(),
            ["sent"] = sent,
            ["received"] = received,
            ["reported"] = reported,
        };
    }

    /// <summary>Registers to the end; returns what the service says of the device.</summary>
    private static async Task<JsonNode> RegisterAsync(PeerCloud cloud, bool overWebSockets, string id, X509Certificate2? certificate)
    {
        string resource = $"{cloud.Host.IdScope}/registrations/{id}";
        using MqttNetClient device = await MqttNetClient.ConnectAsync(
            cloud, overWebSockets, id, $"{resource}/api-version=2021-06-01", Prove(certificate, resource, "registration"));
        await device.SubscribeAsync("$dps/registrations/res/#");
        await device.PublishAsync("$dps/registrations/PUT/iotdps-register/?$rid=1", $$"""{"registrationId":"{{id}}"}""");
        (string topic, string payload) = await device.ReceiveAsync();
        StringAssert.StartsWith(topic, "$dps/registrations/res/202/?$rid=1&retry-after=");
        string operation = (string)JsonNode.Parse(payload)!["operationId"]!;
        await device.PublishAsync($"$dps/registrations/GET/iotdps-get-operationstatus/?$rid=2&operationId={operation}", "");
        (topic, payload) = await device.ReceiveAsync();
        Assert.AreEqual("$dps/registrations/res/200/?$rid=2", topic);
        await device.DisconnectAsync();
        return JsonNode.Parse(payload)!["registrationState"]!;
    }

    private static (X509Certificate2? Certificate, string? Token) Prove(
        X509Certificate2? certificate, string resource, string? keyName = null) =>
        certificate is null ? (null, DeviceKeys.CreateToken(resource, keyName)) : (certificate, null);
}
