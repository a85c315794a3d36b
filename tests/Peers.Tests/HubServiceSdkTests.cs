using System.Security.Cryptography;
using DevKit.Peers.Tests.Rig;

namespace DevKit.Peers.Tests;

/// <summary>Microsoft's hub service SDK for Node.js against a hub's REST.</summary>
[TestClass]
public sealed class HubServiceSdkTests
{
    private const string Managed =
        """
        {
            "made": { "status": "enabled", "connectionState": "Disconnected", "type": "sas", "lengths": [32, 32] },
            "again": "DeviceAlreadyExistsError",
            "changed": { "status": "disabled", "statusReason": "lost", "sameGeneration": true },
            "sameKeys": true,
            "gone": "DeviceNotFoundError",
            "removedAgain": "DeviceNotFoundError",
            "updatedWhenGone": "DeviceNotFoundError"
        }
        """;

    private const string Certified =
        """{ "type": "selfSigned", "thumbprints": true, "connectionState": "Connected", "authority": "certificateAuthority" }""";

    private const string Bulk =
        """
        {
            "added": true,
            "again": ["bulk-1 DeviceAlreadyExists"],
            "updated": true,
            "stale": ["bulk-1 PreconditionFailed", "bulk-2 PreconditionFailed"],
            "forced": true,
            "removed": true
        }
        """;

    private const string Twin =
        """
        {
            "first": 1,
            "stale": "InvalidEtagError",
            "desired": { "interval": 60, "colour": null },
            "version": 3,
            "tags": { "room": "a" },
            "missing": "DeviceNotFoundError"
        }
        """;

    private const string Queries =
        """
        {
            "sizes": [2, 2, 1],
            "ids": ["queried-0", "queried-1", "queried-2", "queried-3", "queried-4"],
            "twin": [{ "site": "queried", "floor": 1 }],
            "above": 2,
            "among": 2,
            "count": [{ "devices": 5 }],
            "some": [{ "deviceId": "queried-3", "floor": 3 }],
            "wrong": "ArgumentError"
        }
        """;

    private const string Methods =
        """
        {
            "away": "Not found 404103",
            "answered": { "status": 201, "payload": { "took": { "times": 3 } } },
            "bare": { "status": 201, "payload": { "took": null } },
            "silent": "GatewayTimeoutError 504101",
            "nobody": "DeviceNotFoundError"
        }
        """;

    internal static PeerGroup Group { get; } = new(typeof(HubServiceSdkTests), () => NodeScript.Packages("azure-iothub"), RunAsync);

    [TestMethod]
    [DataRow("Device by symmetric key: made, read, changed, removed", Managed)]
    [DataRow("Device by X.509 thumbprint, and by certificate authority", Certified)]
    [DataRow("Devices listed", """["enabled"]""")]
    [DataRow("Bulk: added, updated by ETag and by force, removed", Bulk)]
    [DataRow("Twin: tags and desired properties, with ETags", Twin)]
    [DataRow("Queries: pages, tags, counts, projections", Queries)]
    [DataRow("Direct methods: answered, without a payload, device away, silent", Methods)]
    [DataRow(
        "A disabled device loses its connection and is refused", """{ "lost": true, "refused": "UnauthorizedError", "again": true }""")]
    [DataRow("Statistics", """{ "adds": true, "some": true }""")]
    [DataRow("Another key or policy is unauthorized", """{ "key": "UnauthorizedError", "policy": "UnauthorizedError" }""")]
    [DataRow("AMQP over WebSockets is not here", "\"rhea: connection disconnected\"")]
    public async Task Service_SDK_sees(string scenario, string expected) => await Group.AssertSawAsync(scenario, expected);

    private static async Task<IReadOnlyList<ScenarioResult>> RunAsync()
    {
        await using PeerCloud cloud = await PeerCloud.StartAsync("127.0.5.6");
        DeviceKeys keys = DeviceKeys.CreateSelfSigned("by-thumbprint");
        return await NodeScript.RunAsync(cloud, "hub_service.js", new
        {
            cert = keys.Certificate,
            certKey = keys.Key,
            thumbprint = keys.GetThumbprint(HashAlgorithmName.SHA256),
            sha1 = keys.GetThumbprint(HashAlgorithmName.SHA1),
        });
    }
}
