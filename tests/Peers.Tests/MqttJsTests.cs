using DevKit.Peers.Tests.Rig;

namespace DevKit.Peers.Tests;

/// <summary>mqtt.js against the hub.</summary>
[TestClass]
public sealed class MqttJsTests
{
    private const string Work =
        """
        {
            "granted": [1, 0, 0],
            "sent": { "text": "hello", "properties": { "colour": "a&b" } },
            "received": "good morning",
            "method": { "status": 200, "payload": { "times": 3 } },
            "twin": { "topic": "$iothub/twin/res/200/?$rid=1", "desired": { "$version": 1 }, "reported": { "$version": 1 } }
        }
        """;

    internal static PeerGroup Group { get; } = new(typeof(MqttJsTests), () => NodeScript.Packages("mqtt"), RunAsync);

    [TestMethod]
    [DataRow("Telemetry, message, method and twin over MQTT", Work)]
    [DataRow("Telemetry, message, method and twin over WebSockets", Work)]
    [DataRow(
        "Clean session 0: its subscription stays, and so do messages",
        """{ "sessionPresent": [false, true], "received": "while you were away" }""")]
    [DataRow("QoS 2 closes the connection", "\"closed\"")]
    public async Task Mqtt_js_sees(string scenario, string expected) => await Group.AssertSawAsync(scenario, expected);

    private static async Task<IReadOnlyList<ScenarioResult>> RunAsync()
    {
        await using PeerCloud cloud = await PeerCloud.StartAsync("127.0.5.2");
        return await NodeScript.RunAsync(cloud, "mqttjs.js");
    }
}
