using System.Net;
using System.Net.Http.Json;
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
        await cloud.Http.GetAsync("api/enrollments/x").ExpectProblemAsync(HttpStatusCode.NotFound, "enrollment 'x'");
        await cloud.Http.DeleteAsync("api/enrollments/x").ExpectProblemAsync(HttpStatusCode.NotFound, "enrollment 'x'");
        await cloud.Http.PatchAsJsonAsync("api/enrollments/x", new { enabled = true })
            .ExpectProblemAsync(HttpStatusCode.NotFound, "enrollment 'x'");
        await cloud.Http.PatchAsJsonAsync("api/enrollments/x", new { }).ExpectProblemAsync(HttpStatusCode.BadRequest, "'enabled'");
        await cloud.Http.PatchAsJsonAsync("api/enrollments/x", new { enabled = "?" }).ExpectProblemAsync(HttpStatusCode.BadRequest, "JSON");
        await cloud.Http.GetAsync("api/devices/x").ExpectProblemAsync(HttpStatusCode.NotFound, "device 'x'");
        await cloud.Http.DeleteAsync("api/devices/x").ExpectProblemAsync(HttpStatusCode.NotFound, "device 'x'");
        await cloud.Http.GetAsync("api/devices/x/telemetry").ExpectProblemAsync(HttpStatusCode.NotFound, "device 'x'");
        await cloud.Http.GetAsync("api/devices/x/telemetry?wait=61").ExpectProblemAsync(HttpStatusCode.BadRequest, "wait 0 to 60");
        await cloud.Http.GetAsync("api/devices/x/telemetry?after=soon").ExpectProblemAsync(HttpStatusCode.BadRequest, "after");
        await cloud.Http.PostAsJsonAsync("api/devices/x/messages", new { text = "" })
            .ExpectProblemAsync(HttpStatusCode.NotFound, "device 'x'");
        await cloud.Http.PatchAsJsonAsync("api/devices/x/twin/desired", new { }).ExpectProblemAsync(HttpStatusCode.NotFound, "device 'x'");
        await cloud.Http.PatchAsJsonAsync("api/devices/x/twin/desired", 7).ExpectProblemAsync(HttpStatusCode.BadRequest, "no JSON object");
        await cloud.Http.PostAsJsonAsync("api/devices/x/methods/m", 1).ExpectProblemAsync(HttpStatusCode.NotFound, "device 'x'");
        await cloud.Http.GetAsync("api/nothing").ExpectProblemAsync(HttpStatusCode.NotFound, "/api/nothing");
        await cloud.Http.PutAsync("api/info", null).ExpectProblemAsync(HttpStatusCode.MethodNotAllowed, "GET");
        await cloud.Http.PostAsync("api/devices/x/messages", new StringContent("x"))
            .ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, "JSON");
    }

    [TestMethod]
    public async Task Info_says_what_a_device_needs()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        JsonNode info = await cloud.GetAsync("api/info");
        Assert.AreEqual(cloud.Host.IdScope, (string?)info["idScope"]);
        Assert.AreEqual(cloud.Host.HubName, (string?)info["hub"]);
        Assert.AreEqual(cloud.Host.MqttEndPoint.ToString(), (string?)info["mqtt"]);
        Assert.AreEqual(EmulatorOptions.GlobalEndpoint, (string?)info["dpsEndpoint"]);
        Assert.AreEqual("1.0.0", (string?)info["version"]);
        Assert.AreEqual(cloud.Host.CaCertificatePem, await cloud.Http.GetStringAsync("ca.pem"));
    }

    [TestMethod]
    public async Task Telemetry_can_be_waited_for_before_the_device_exists()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        Task<JsonNode> waiting = cloud.GetAsync($"api/devices/{Id}/telemetry?wait=60");

        await cloud.ProvisionAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        Assert.IsFalse(waiting.IsCompleted, "neither registration nor connection is telemetry");
        await device.PublishAsync($"devices/{Id}/messages/events/", "1");
        await device.PublishAsync($"devices/{Id}/messages/events/", "2");

        JsonNode first = await waiting;
        Assert.AreEqual("1", (string?)first["messages"]![0]!["text"]);
        JsonNode next = await cloud.GetAsync($"api/devices/{Id}/telemetry?after={(long)first["messages"]![0]!["sequence"]!}&limit=1");
        Assert.AreEqual("2", (string?)next["messages"]!.AsArray().Single()!["text"]);
        Assert.IsEmpty((await cloud.GetAsync($"api/devices/{Id}/telemetry?after={(long)next["last"]!}"))["messages"]!.AsArray());
    }
}
