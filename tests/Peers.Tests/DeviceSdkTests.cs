using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Host;
using DevKit.Peers.Tests.Rig;

namespace DevKit.Peers.Tests;

/// <summary>Microsoft's device SDKs for Node.js, from the registration to the twin.</summary>
[TestClass]
public sealed class DeviceSdkTests
{
    /// <summary>What a device sees that registers, sends, receives, answers a method, and follows its twin.</summary>
    private const string Walk =
        $$"""
        {
            "registration": { "status": "assigned", "substatus": "initialAssignment", "hub": "{{EmulatorOptions.DefaultHubName}}" },
            "sent": { "text": "hello", "properties": { "$.mid": "1", "$.ct": "text/plain", "$.ce": "utf-8", "colour": "a&b=c/d" } },
            "received": { "text": "good morning", "messageId": "7", "colour": "a&b=c/d" },
            "method": { "status": 201, "payload": { "took": { "times": 3 } } },
            "twin": { "interval": 5, "tooLong": "Error", "reported": { "fan": "on", "version": 2 } }
        }
        """;

    /// <summary>What goes on over the connection that a new token made.</summary>
    private const string Renewal =
        """
        {
            "renewed": true,
            "method": { "status": 201, "payload": { "took": { "times": 3 } } },
            "received": { "text": "good morning", "messageId": "7", "colour": "a&b=c/d" }
        }
        """;

    /// <summary>The errors that an application gets of the SDK, which has none for a disabled enrollment.</summary>
    private const string Refused =
        """
        {
            "unknown": { "error": "DeviceNotFoundError", "code": 404201 },
            "wrongKey": { "error": "UnauthorizedError", "code": 401002 },
            "disabled": "status is disabled"
        }
        """;

    /// <summary>The same, where the SDK's errors are by a hub's codes.</summary>
    private const string RefusedOverHttps =
        """
        {
            "unknown": { "error": "Error", "code": 404201 },
            "wrongKey": { "error": "UnauthorizedError", "code": 401002 },
            "disabled": "status is disabled"
        }
        """;

    internal static PeerGroup Group { get; } = new(
        typeof(DeviceSdkTests),
        () => NodeScript.Packages("azure-iot-provisioning-device", "azure-iot-device"),
        RunAsync);

    [TestMethod]
    [DataRow("Refused over MQTT: unknown, with a wrong key, disabled", Refused)]
    [DataRow("Refused over WebSockets: unknown, with a wrong key, disabled", Refused)]
    [DataRow("Refused over HTTPS: unknown, with a wrong key, disabled", RefusedOverHttps)]
    [DataRow("Registered by the secondary certificate of an enrollment", "\"assigned\"")]
    [DataRow("Registered by the secondary key of an enrollment", "\"assigned\"")]
    [DataRow("Whole way over MQTT: X.509, individual enrollment", Walk)]
    [DataRow("Whole way over MQTT: X.509, enrollment group", Walk)]
    [DataRow("Whole way over MQTT: symmetric key, individual enrollment", Walk)]
    [DataRow("Whole way over MQTT: symmetric key, enrollment group", Walk)]
    [DataRow("Whole way over WebSockets: X.509, individual enrollment", Walk)]
    [DataRow("Whole way over WebSockets: X.509, enrollment group", Walk)]
    [DataRow("Whole way over WebSockets: symmetric key, individual enrollment", Walk)]
    [DataRow("Whole way over WebSockets: symmetric key, enrollment group", Walk)]
    [DataRow("Whole way over HTTPS: X.509, individual enrollment", Walk)]
    [DataRow("Whole way over HTTPS: X.509, enrollment group", Walk)]
    [DataRow("Whole way over HTTPS: symmetric key, individual enrollment", Walk)]
    [DataRow("Whole way over HTTPS: symmetric key, enrollment group", Walk)]
    [DataRow("Renewal of the SAS token over MQTT", Renewal)]
    [DataRow("Renewal of the SAS token over WebSockets", Renewal)]
    public async Task Device_SDK_sees(string scenario, string expected) => await Group.AssertSawAsync(scenario, expected);

    private static async Task<IReadOnlyList<ScenarioResult>> RunAsync()
    {
        await using PeerCloud cloud = await PeerCloud.StartAsync("127.0.5.1");
        using X509Certificate2 authority = DeviceKeys.CreateAuthority("An owner's CA");
        var devices = new Dictionary<string, object>();
        foreach (string transport in new[] { "MQTT", "WebSockets", "HTTPS" })
        {
            string way = $"Whole way over {transport}";
            string id = transport.ToLowerInvariant();
            devices.Add($"{way}: X.509, individual enrollment", WithCertificate(id, transport, group: false, null));
            devices.Add($"{way}: X.509, enrollment group", WithCertificate(id, transport, group: true, authority));
            devices.Add($"{way}: symmetric key, individual enrollment", new { id = $"key-{id}", transport, group = false });
            devices.Add($"{way}: symmetric key, enrollment group", new { id = $"key-{id}-group", transport, group = true });
            if (transport != "HTTPS")
            {
                devices.Add($"Renewal of the SAS token over {transport}", new { id = $"renewal-{id}", transport, renews = true });
            }
        }

        DeviceKeys secondary = DeviceKeys.CreateSelfSigned("secondary-x509");
        object[] seconds =
        [
            new
            {
                id = "secondary-x509",
                cert = secondary.Certificate,
                certKey = secondary.Key,
                other = DeviceKeys.CreateSelfSigned("secondary-x509").Certificate,
            },
            new { id = "secondary-key" },
        ];
        return await NodeScript.RunAsync(cloud, "device.js", new { devices, seconds, authority = authority.ExportCertificatePem() });
    }

    private static object WithCertificate(string name, string transport, bool group, X509Certificate2? authority)
    {
        string id = $"x509-{name}{(group ? "-group" : "")}";
        DeviceKeys keys = authority is null ? DeviceKeys.CreateSelfSigned(id) : DeviceKeys.Create(id, authority);
        return new { id, transport, group, cert = keys.Certificate, certKey = keys.Key };
    }
}
