using System.Net;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests.Service;

/// <summary>Several devices by one request.</summary>
[TestClass]
public sealed class HubBulkApiTests
{
    [TestMethod]
    public async Task Devices_are_made_changed_and_removed_together()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        JsonNode made = await hub.ExpectAsync(HttpMethod.Post, "devices", """
            [{"id":"a","importMode":"create","tags":{"site":1},"properties":{"desired":{"fan":true}}},{"id":"b","importMode":"Create"}]
            """);
        Assert.AreEqual("""{"isSuccessful":true,"errors":[],"warnings":[]}""", made.ToJsonString());
        JsonNode twin = await hub.GetAsync("twins/a");
        Assert.AreEqual("""{"site":1}""", twin["tags"]!.ToJsonString());
        Assert.AreEqual(true, (bool?)twin["properties"]!["desired"]!["fan"]);

        string etag = (string)(await hub.GetAsync("devices/a"))["etag"]!;
        await hub.ExpectAsync(HttpMethod.Post, "devices", $$"""
            [{"id":"a","importMode":"updateIfMatchETag","eTag":"{{etag}}","status":"disabled"},
             {"id":"b","importMode":"updateTwin","tags":{"site":2} },{"id":"c","importMode":"createOrUpdate"},{"id":"c"}]
            """);
        Assert.AreEqual("disabled", (string?)(await hub.GetAsync("devices/a"))["status"]);
        Assert.AreEqual(2, (int?)(await hub.GetAsync("twins/b"))["tags"]!["site"]);
        await hub.ExpectAsync(HttpMethod.Post, "devices", """[{"id":"a","importMode":"delete"},{"id":"c","importMode":"Delete"}]""");
        Assert.AreEqual("b", (string?)(await hub.GetAsync("devices")).AsArray().Single()!["deviceId"]);
    }

    [TestMethod]
    public async Task What_fails_is_named_and_the_others_are_done()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        await hub.ExpectAsync(HttpMethod.Put, "devices/a", "{}");

        JsonNode result = await hub.ExpectAsync(HttpMethod.Post, "devices", """
            [{"id":"a","importMode":"create"},{"id":"b","importMode":"create"},{"id":"c","importMode":"update"},
             {"id":"a","importMode":"deleteIfMatchETag","etag":"x"},{"id":"d","importMode":"guess"},{"id":"/","importMode":"create"}]
            """, status: HttpStatusCode.BadRequest);

        Assert.AreEqual(false, (bool?)result["isSuccessful"]);
        string[] errors = [.. result["errors"]!.AsArray().Select(error => $"{error!["deviceId"]} {error["errorCode"]}")];
        CollectionAssert.AreEqual(
            new[] { "a DeviceAlreadyExists", "c DeviceNotFound", "a PreconditionFailed", "d ArgumentInvalid", "/ ArgumentInvalid" },
            errors);
        Assert.HasCount(2, (await hub.GetAsync("devices")).AsArray());
    }

    [TestMethod]
    public async Task A_hundred_devices_are_the_most()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        string devices = string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{"id":"d{{i}}","importMode":"create"}"""));
        await hub.ExpectErrorAsync(HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Post, "devices", $"[{devices}]");
        await hub.ExpectErrorAsync(HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Post, "devices", "[]");
        Assert.IsEmpty((await hub.GetAsync("devices")).AsArray());
    }
}
