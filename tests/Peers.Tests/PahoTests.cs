using System.Text.Json;
using DevKit.Peers.Tests.Rig;
using DevKit.Support.Peers;

namespace DevKit.Peers.Tests;

/// <summary>Eclipse Paho for Python, as Debian has it.</summary>
[TestClass]
public sealed class PahoTests
{
    private const string Walk =
        """
        {
            "status": "assigned",
            "granted": [1, 0],
            "sent": { "text": "hello", "properties": { "colour": "a&b" } },
            "received": "good morning",
            "reported": "$iothub/twin/res/204/?$rid=1&$version=2"
        }
        """;

    internal static PeerGroup Group { get; } = new(typeof(PahoTests), () => "`python3-paho-mqtt`, Debian", RunAsync);

    [TestMethod]
    [DataRow("From registration to twin over MQTT: X.509", Walk)]
    [DataRow("From registration to twin over MQTT: symmetric key", Walk)]
    [DataRow("From registration to twin over WebSockets: X.509", Walk)]
    [DataRow("From registration to twin over WebSockets: symmetric key", Walk)]
    public async Task Paho_sees(string scenario, string expected) => await Group.AssertSawAsync(scenario, expected);

    private static async Task<IReadOnlyList<ScenarioResult>> RunAsync()
    {
        // Debian's packages are for Debian's Python; another one may be first on the PATH.
        const string Python = "/usr/bin/python3";
        Programs.Require(
            Directory.Exists("/usr/lib/python3/dist-packages/paho"), "Paho for Python is missing (Debian: python3-paho-mqtt).");
        await using PeerCloud cloud = await PeerCloud.StartAsync("127.0.5.3");
        var devices = new Dictionary<string, object>();
        foreach ((string name, string transport) in new[] { ("MQTT", "tcp"), ("WebSockets", "websockets") })
        {
            string id = $"paho-{transport}";
            DeviceKeys keys = DeviceKeys.CreateSelfSigned(id);
            devices.Add($"From registration to twin over {name}: X.509", new
            {
                Id = id,
                Transport = transport,
                CertFile = cloud.WriteFile($"{id}.pem", keys.Certificate),
                CertKeyFile = cloud.WriteFile($"{id}.key.pem", keys.Key),
                Attestation = keys.ToAttestation(),
            });
            devices.Add($"From registration to twin over {name}: symmetric key", new
            {
                Id = id + "-key",
                Transport = transport,
                Key = DeviceKeys.SymmetricKey,
                Attestation = DeviceKeys.KeyAttestation,
            });
        }

        return ScenarioResult.Parse(
            await cloud.RunAsync(Python, cloud.Describe(new { devices }), Path.Combine(NodeScript.Folder, "paho_device.py")));
    }
}
