using System.Net;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests.Service;

/// <summary>What all of a hub's REST has in common.</summary>
[TestClass]
public sealed class HubApiTests
{
    [TestMethod]
    [DataRow("devices")]
    [DataRow("devices?api-version=")]
    [DataRow("devices?api-version=2000-01-01")]
    public async Task An_API_version_is_needed_and_has_to_be_known(string path)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using var client = new ServiceClient(cloud, cloud.Host.HubName);
        string token = client.CreateToken("iothubowner");
        (HttpStatusCode status, JsonNode? body, HttpResponseMessage response) = await client.SendAsync(HttpMethod.Get, path, token);
        Assert.AreEqual(HttpStatusCode.BadRequest, status);
        Assert.AreEqual("InvalidProtocolVersion", response.Headers.GetValues("iothub-errorcode").Single());
        StringAssert.Contains((string?)body!["Message"], "2021-04-12");
        Assert.AreEqual(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Get, "devices?api-version=2021-04-12", token)).Status);
    }

    [TestMethod]
    public async Task A_hub_is_reached_by_its_name_with_the_token_of_its_policy()
    {
        const string Path = "devices/lamp?api-version=2021-04-12";
        await using Cloud cloud = await Cloud.StartAsync(hubNames: ["first.azure-devices.net", "other.azure-devices.net"]);
        using var client = new ServiceClient(cloud, "other.azure-devices.net");

        (HttpStatusCode status, JsonNode? body, HttpResponseMessage response) =
            await client.SendAsync(HttpMethod.Put, Path, body: new JsonObject());
        Assert.AreEqual(HttpStatusCode.Unauthorized, status);
        Assert.AreEqual("IotHubUnauthorizedAccess", response.Headers.GetValues("iothub-errorcode").Single());
        StringAssert.StartsWith((string?)body!["Message"], "ErrorCode:IotHubUnauthorizedAccess;Unauthorized");
        string token = client.CreateToken("iothubowner");
        Assert.AreEqual(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Put, Path, token, new JsonObject())).Status);
        Assert.IsEmpty((await new HubRest(cloud).GetAsync("devices")).AsArray());
        Assert.HasCount(1, (await new HubRest(cloud, client.Host).GetAsync("devices")).AsArray());
    }

    [TestMethod]
    public async Task What_a_hub_does_not_have_is_not_found_in_a_hubs_words()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        await hub.ExpectErrorAsync(HttpStatusCode.NotFound, "GenericNotFound", HttpMethod.Get, "devices/x/modules");
        await hub.ExpectErrorAsync(HttpStatusCode.NotFound, "GenericNotFound", HttpMethod.Put, "jobs/v2/1", "{}");
        await new HubRest(cloud, "nowhere.azure-devices.net").ExpectErrorAsync(
            HttpStatusCode.NotFound, "IotHubNotFound", HttpMethod.Get, "devices");
    }

    [TestMethod]
    public async Task A_body_that_is_no_JSON_is_refused()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        await hub.ExpectErrorAsync(HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Put, "devices/lamp", "{");
        await hub.ExpectErrorAsync(HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Patch, "twins/lamp", "[]");
        await hub.ExpectErrorAsync(HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Post, "devices", "{}");
        await hub.ExpectErrorAsync(HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Post, "devices/query", "{}");
    }

    [TestMethod]
    public async Task Statistics_count_devices_and_connections_of_their_hub()
    {
        const string Other = "other.azure-devices.net";
        await using Cloud cloud = await Cloud.StartAsync(hubNames: ["first.azure-devices.net", Other]);
        var hub = new HubRest(cloud);
        await hub.ExpectAsync(HttpMethod.Put, "devices/on", "{}");
        await hub.ExpectAsync(HttpMethod.Put, "devices/off", """{"status":"disabled"}""");
        await new HubRest(cloud, Other.ToUpperInvariant()).ExpectAsync(HttpMethod.Put, "devices/on", "{}");
        await cloud.AddDeviceAsync("lamp", Sas.Key);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        await device.ConnectHubAsync("lamp", Sas.Create($"{cloud.Host.HubName}/devices/lamp", Sas.Key));

        Assert.AreEqual(
            """{"totalDeviceCount":3,"enabledDeviceCount":2,"disabledDeviceCount":1}""",
            (await hub.GetAsync("statistics/devices")).ToJsonString());
        Assert.AreEqual("""{"connectedDeviceCount":1}""", (await hub.GetAsync("statistics/service")).ToJsonString());
        Assert.AreEqual(1, (int?)(await new HubRest(cloud, Other).GetAsync("statistics/devices"))["totalDeviceCount"]);
    }
}
