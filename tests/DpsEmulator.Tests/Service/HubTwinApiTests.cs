using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Service;

/// <summary>Twins, as a hub's back end sees them.</summary>
[TestClass]
public sealed class HubTwinApiTests
{
    [TestMethod]
    public async Task A_twin_is_shown_as_Azure_shows_it()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        JsonNode device = await hub.ExpectAsync(HttpMethod.Put, "devices/lamp", "{}");

        using HttpResponseMessage response = await hub.SendAsync(HttpMethod.Get, "twins/lamp");
        JsonNode twin = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.AreEqual("\"AAAAAAAAAAE=\"", response.Headers.ETag?.Tag);
        Assert.AreEqual("AAAAAAAAAAE=", (string?)twin["etag"]);
        Assert.AreEqual((string?)device["etag"], (string?)twin["deviceEtag"]);
        Assert.AreEqual(2, (int?)twin["version"]);
        Assert.AreEqual("sas", (string?)twin["authenticationType"]);
        Assert.AreEqual("{}", twin["tags"]!.ToJsonString());
        JsonNode desired = twin["properties"]!["desired"]!;
        Assert.AreEqual(1, (int?)desired["$version"]);
        Assert.AreEqual(1, (int?)desired["$metadata"]!["$lastUpdatedVersion"]);
        Assert.IsNull(twin["properties"]!["reported"]!["$metadata"]!["$lastUpdatedVersion"]);
        Assert.AreEqual("ErrorCode:DeviceNotFound;nobody", await hub.ExpectErrorAsync(
            HttpStatusCode.NotFound, "DeviceNotFound", HttpMethod.Get, "twins/nobody"));
    }

    [TestMethod]
    public async Task A_change_is_merged_and_what_a_twin_only_tells_is_not_looked_at()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        await hub.ExpectAsync(HttpMethod.Put, "devices/lamp", "{}");
        await hub.ExpectAsync(HttpMethod.Patch, "twins/lamp", """{"tags":{"a":1,"b":2},"properties":{"desired":{"x":{"y":1}}}}""");
        JsonNode twin = await hub.ExpectAsync(HttpMethod.Patch, "twins/lamp", """{"tags":{"a":null,"c":[3]}}""", "\"AAAAAAAAAAI=\"");
        Assert.AreEqual("""{"b":2,"c":[3]}""", twin["tags"]!.ToJsonString());
        Assert.AreEqual(2, (int?)twin["properties"]!["desired"]!["$version"]);

        twin["tags"]!["b"] = 5;
        twin["properties"]!["reported"]!["z"] = 1;
        JsonNode whole = await hub.ExpectAsync(HttpMethod.Patch, "twins/lamp", twin.ToJsonString(), "*");
        Assert.AreEqual(5, (int?)whole["tags"]!["b"]);
        Assert.IsNull(whole["properties"]!["reported"]!["z"]);
        Assert.AreEqual("""{"y":1}""", whole["properties"]!["desired"]!["x"]!.ToJsonString());
        await hub.ExpectErrorAsync(
            HttpStatusCode.PreconditionFailed, "PreconditionFailed", HttpMethod.Patch, "twins/lamp", "{}", "\"AAAAAAAAAAI=\"");
        await hub.ExpectErrorAsync(HttpStatusCode.NotFound, "DeviceNotFound", HttpMethod.Patch, "twins/nobody", "{}");
    }

    [TestMethod]
    public async Task A_replacement_leaves_nothing_and_the_device_hears_of_it()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        var hub = new HubRest(cloud);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(DesiredChangesFilter, MqttQualityOfService.AtMostOnce);

        await hub.ExpectAsync(HttpMethod.Patch, "twins/" + Id, """{"properties":{"desired":{"a":1,"b":null}}}""");
        PublishPacket change = await device.ReceiveAsync<PublishPacket>();
        Assert.AreEqual("""{"a":1,"b":null,"$version":2}""", Encoding.UTF8.GetString(change.Payload.Span));
        JsonNode twin = await hub.ExpectAsync(HttpMethod.Put, "twins/" + Id, """{"properties":{"desired":{"c":2}}}""");
        PublishPacket replacement = await device.ReceiveAsync<PublishPacket>();
        Assert.AreEqual("$iothub/twin/PATCH/properties/desired/?$version=3", replacement.Topic);
        Assert.AreEqual("""{"c":2,"$version":3}""", Encoding.UTF8.GetString(replacement.Payload.Span));
        Assert.IsNull(twin["properties"]!["desired"]!["a"]);
        Assert.AreEqual("Connected", (string?)twin["connectionState"]);
    }

    [TestMethod]
    [DataRow("""{"tags":{"a b":1}}""", "'a b'")]
    [DataRow("""{"tags":[1]}""", "'tags'")]
    [DataRow("""{"properties":{"desired":{"x":{"$version":1}}}}""", "'$version'")]
    public async Task What_no_twin_can_have_is_refused_and_changes_nothing(string patch, string reason)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        await hub.ExpectAsync(HttpMethod.Put, "devices/lamp", "{}");
        StringAssert.Contains(
            await hub.ExpectErrorAsync(HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Patch, "twins/lamp", patch), reason);
        Assert.AreEqual("AAAAAAAAAAE=", (string?)(await hub.GetAsync("twins/lamp"))["etag"]);
    }
}
