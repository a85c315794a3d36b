using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Http;

/// <summary>What all of the REST API has in common.</summary>
[TestClass]
public sealed class ApiTests
{
    [TestMethod]
    public async Task What_is_not_there_is_not_found_and_says_so_as_a_problem()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        string device = $"api/hubs/{cloud.Host.HubName}/devices/x";
        await cloud.Http.GetAsync(device).ExpectProblemAsync(HttpStatusCode.NotFound, "device 'x'");
        await cloud.Http.GetAsync(device + "/telemetry").ExpectProblemAsync(HttpStatusCode.NotFound, "device 'x'");
        await cloud.Http.GetAsync(device + "/telemetry?wait=61").ExpectProblemAsync(HttpStatusCode.BadRequest, "wait 0 to 60");
        await cloud.Http.GetAsync(device + "/telemetry?latest=0").ExpectProblemAsync(HttpStatusCode.BadRequest, "latest 1 to 1000");
        await cloud.Http.GetAsync(device + "/telemetry?after=soon").ExpectProblemAsync(HttpStatusCode.BadRequest, "after");
        await cloud.Http.GetAsync("api/hubs/x/devices/x").ExpectProblemAsync(HttpStatusCode.NotFound, "hub 'x'");
        await cloud.Http.GetAsync("api/hubs/x/devices/x/telemetry").ExpectProblemAsync(HttpStatusCode.NotFound, "hub 'x'");
        await cloud.Http.GetAsync("api/nothing").ExpectProblemAsync(HttpStatusCode.NotFound, "/api/nothing");
        await cloud.Http.PutAsync("api/info", null).ExpectProblemAsync(HttpStatusCode.MethodNotAllowed, "GET");
    }

    [TestMethod]
    public async Task Info_says_what_a_device_needs()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        JsonNode info = await cloud.GetAsync("api/info");
        Assert.AreEqual(cloud.Host.IdScope, (string?)info["idScope"]);
        Assert.AreEqual(cloud.Host.HubName, (string?)info["hubs"]!.AsArray().Single());
        Assert.AreEqual(EmulatorOptions.DefaultProvisioningHost, (string?)info["provisioningHost"]);
        Assert.AreEqual(cloud.Host.HttpsEndPoint.ToString(), (string?)info["https"]);
        Assert.AreEqual(cloud.Host.MqttEndPoint.ToString(), (string?)info["mqtt"]);
        Assert.AreEqual(EmulatorOptions.GlobalEndpoint, (string?)info["dpsEndpoint"]);
        Assert.AreEqual("1.0.0", (string?)info["version"]);
        Assert.AreEqual(cloud.Host.CaCertificatePem, await cloud.Http.GetStringAsync("ca.pem"));
        Assert.AreEqual(cloud.Host.CaCertificatePem, await File.ReadAllTextAsync((string)info["caFile"]!));
        using X509Certificate2 deviceAuthority = X509Certificate2.CreateFromPem(await cloud.Http.GetStringAsync("device-ca.pem"));
        Assert.AreEqual(deviceAuthority.GetCertHashString(HashAlgorithmName.SHA256), (string?)info["deviceCaFingerprint"]);
    }

    [TestMethod]
    public async Task Telemetry_can_be_waited_for_before_the_device_exists()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        Task<JsonNode> waiting = cloud.GetTelemetryAsync(Id, "wait=60");

        await cloud.ProvisionAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        Assert.IsFalse(waiting.IsCompleted, "neither registration nor connection is telemetry");
        await device.PublishAsync($"devices/{Id}/messages/events/", "1");
        await device.PublishAsync($"devices/{Id}/messages/events/", "2");
        await device.PublishAsync($"devices/{Id}/messages/events/", "3");

        JsonNode first = await waiting;
        Assert.AreEqual("1", (string?)first["messages"]![0]!["text"]);
        long sequence = (long)first["messages"]![0]!["sequence"]!;
        JsonNode next = await cloud.GetTelemetryAsync(Id, $"after={sequence}&limit=1");
        Assert.AreEqual("2", (string?)next["messages"]!.AsArray().Single()!["text"]);
        JsonNode latest = await cloud.GetTelemetryAsync(Id, $"after={sequence}&latest=1");
        Assert.AreEqual("3", (string?)latest["messages"]!.AsArray().Single()!["text"]);
        Assert.HasCount(2, (await cloud.GetTelemetryAsync(Id, $"after={sequence}&latest=9"))["messages"]!.AsArray());
        Assert.IsEmpty((await cloud.GetTelemetryAsync(Id, $"after={(long)latest["last"]!}"))["messages"]!.AsArray());
    }

    [TestMethod]
    public async Task A_device_says_which_registration_made_it_and_since_when_it_is_connected()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.ProvisionAsync(certificate, Id);
        string path = $"api/hubs/{cloud.Host.HubName}/devices/{Id}";
        JsonNode away = await cloud.GetAsync(path);
        Assert.AreEqual(Id, (string?)away["registrationId"]);
        Assert.IsNull(away["connectedSince"]);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        Assert.IsNotNull((await cloud.GetAsync(path))["connectedSince"]);
        await cloud.AddDeviceAsync("lamp", Sas.Key);
        Assert.IsNull((await cloud.GetAsync($"api/hubs/{cloud.Host.HubName}/devices/lamp"))["registrationId"]);
    }
}
