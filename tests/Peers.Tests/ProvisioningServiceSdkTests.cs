using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Host;
using DevKit.Peers.Tests.Rig;

namespace DevKit.Peers.Tests;

/// <summary>Microsoft's provisioning service SDK for Node.js against DPS's REST.</summary>
[TestClass]
public sealed class ProvisioningServiceSdkTests
{
    private const string SecondHub = "second.azure-devices.net";

    private const string MadeKeys = """{ "hidden": null, "lengths": [32, 32], "differ": true, "gone": "Error 404" }""";

    private const string Certified =
        """
        {
            "info": { "subjectName": "CN=certified", "version": 3, "thumbprint": true },
            "twin": { "tags": { "floor": 2 }, "properties": { "desired": { "interval": 60 } } },
            "policy": { "updateHubAssignment": true, "migrateDeviceData": false },
            "allocation": ["static", "devkit-emulator.azure-devices.net"],
            "status": "enabled",
            "sameCertificate": true
        }
        """;

    private const string Matched =
        """
        {
            "again": "DeviceAlreadyExistsError 409201",
            "stale": "InvalidEtagError 412201",
            "staleRemoval": "InvalidEtagError 412201",
            "any": "enabled",
            "etags": 3,
            "removedAgain": "Error 404"
        }
        """;

    private const string Paged = """[["paged-0", "paged-1"], ["paged-2", "paged-3"], ["paged-4"]]""";

    private const string Bulk =
        """
        {
            "created": { "isSuccessful": true, "errors": [] },
            "again": { "isSuccessful": false, "errors": ["bulk-1 409201"] },
            "updated": { "isSuccessful": true, "errors": [] },
            "stale": { "isSuccessful": false, "errors": ["bulk-1 412201"] },
            "fresh": { "isSuccessful": true, "errors": [] },
            "removed": { "isSuccessful": true, "errors": [] },
            "tooMany": "ArgumentError 400004"
        }
        """;

    private const string Registrations =
        $$"""
        {
            "state": {
                "status": "assigned",
                "substatus": "initialAssignment",
                "hub": "{{EmulatorOptions.DefaultHubName}}",
                "deviceId": "registering-1"
            },
            "found": [["registering-1", "registering-2"], ["registering-3"]],
            "gone": "Error 404204"
        }
        """;

    private const string Moves =
        $$"""
        [
            "initialAssignment {{EmulatorOptions.DefaultHubName}}",
            "deviceDataMigrated {{SecondHub}}",
            "deviceDataReset {{EmulatorOptions.DefaultHubName}}"
        ]
        """;

    internal static PeerGroup Group { get; } = new(
        typeof(ProvisioningServiceSdkTests), () => NodeScript.Packages("azure-iot-provisioning-service"), RunAsync);

    [TestMethod]
    [DataRow("Individual enrollment: symmetric keys are made, and shown by the attestation mechanism alone", MadeKeys)]
    [DataRow("Individual enrollment: X.509, initial twin, policies; read, changed and written back", Certified)]
    [DataRow("Individual enrollment: ETags", Matched)]
    [DataRow("Individual enrollment: queries by pages", Paged)]
    [DataRow("Enrollment group: symmetric keys are made, and shown by the attestation mechanism alone", MadeKeys)]
    [DataRow("Enrollment group: X.509, initial twin, policies; read, changed and written back", Certified)]
    [DataRow("Enrollment group: ETags", Matched)]
    [DataRow("Enrollment group: queries by pages", Paged)]
    [DataRow("Bulk: create, update, update by ETag, delete", Bulk)]
    [DataRow("Registration states of a group: read, queried by pages, removed", Registrations)]
    [DataRow("Moves to another hub: data migrated, and reset", Moves)]
    [DataRow(
        "Another key or policy is unauthorized", """{ "key": "UnauthorizedError 401002", "policy": "UnauthorizedError 401002" }""")]
    public async Task Service_SDK_sees(string scenario, string expected) => await Group.AssertSawAsync(scenario, expected);

    private static async Task<IReadOnlyList<ScenarioResult>> RunAsync()
    {
        await using PeerCloud cloud = await PeerCloud.StartAsync("127.0.5.5", SecondHub);
        using X509Certificate2 certificate = DeviceKeys.CreateAuthority("certified");
        return await NodeScript.RunAsync(cloud, "provisioning_service.js", new
        {
            secondHub = SecondHub,
            certificate = certificate.ExportCertificatePem(),
            thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256),
        });
    }
}
