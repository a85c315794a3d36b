using System.Net;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Tests.Service;

/// <summary>Queries of a hub's twins.</summary>
[TestClass]
public sealed class HubQueryApiTests
{
    private const string All = "a b c";

    private static Cloud _cloud = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext context)
    {
        _cloud = await Cloud.StartAsync();
        var hub = new HubRest(_cloud);
        const string Authentication = $$"""
            "authentication":{"symmetricKey":{"primaryKey":"{{Sas.Key}}"} }
            """;
        await hub.ExpectAsync(HttpMethod.Post, "devices", $$"""
            [{"id":"a",{{Authentication}},"tags":{"location":{"region":"US"},"level":1,"on":true,"note":"it's A"} },
             {"id":"b",{{Authentication}},"tags":{"location":{"region":"DE"},"level":"1","on":false} },
             {"id":"c","status":"disabled","statusReason":"off duty"}]
            """);
        await hub.ExpectAsync(HttpMethod.Patch, "twins/a", """{"properties":{"desired":{"interval":9}}}""");
        await hub.ExpectAsync(HttpMethod.Patch, "twins/b", """{"properties":{"desired":{"interval":5}}}""");
        foreach (string id in new[] { "a", "b" })
        {
            await using TestDevice device = await TestDevice.OpenAsync(_cloud, null);
            await device.ConnectHubAsync(id, Sas.Create($"{_cloud.Host.HubName}/devices/{id}", Sas.Key));
            await device.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=1", """{"interval":5}""");
            await device.SendAsync(new DisconnectPacket());
            await device.ExpectCloseAsync();
        }
    }

    [ClassCleanup]
    public static async Task StopAsync() => await _cloud.DisposeAsync();

    [TestMethod]
    [DataRow("deviceId = 'b'", "b")]
    [DataRow("DEVICEID = \"b\"", "b")]
    [DataRow("devices.deviceId = 'b'", "b")]
    [DataRow("deviceId = 'B'", "")]
    [DataRow("deviceId > 'a' AND deviceId <= 'c'", "b c")]
    [DataRow("tags.location.region = 'US'", "a")]
    [DataRow("tags.location.region != 'US'", "b", DisplayName = "what is not defined is not unequal")]
    [DataRow("tags.location.region <> 'US'", "b")]
    [DataRow("NOT tags.location.region = 'US'", "b")]
    [DataRow("tags.location = 'US'", "")]
    [DataRow("tags.level = 1", "a")]
    [DataRow("tags.level = '1'", "b", DisplayName = "a text is not a number")]
    [DataRow("tags.level != 1", "b")]
    [DataRow("tags.level >= 1", "a")]
    [DataRow("tags.on = true", "a")]
    [DataRow("tags.on = 1", "")]
    [DataRow("tags.on", "a")]
    [DataRow("NOT tags.on", "b")]
    [DataRow("tags.location.region IN ['US', 'DE']", "a b")]
    [DataRow("tags.location.region NIN ['US']", "b")]
    [DataRow("tags.level IN [1, 'x', '1', null, true]", "a b")]
    [DataRow("is_defined(tags.level)", "a b")]
    [DataRow("NOT IS_DEFINED(tags.level)", "c")]
    [DataRow("STARTSWITH(deviceId, 'a') OR starts_with(tags.location.region, 'D')", "a b")]
    [DataRow("properties.desired.interval = properties.reported.interval", "b")]
    [DataRow("properties.desired.interval != properties.reported.interval", "a")]
    [DataRow("properties.desired.interval > properties.reported.interval", "a")]
    [DataRow("properties.reported.interval * 2 + 1 = 11", "a b")]
    [DataRow("properties.reported.interval % 3 = 2 AND 0x0A / -2 < -4.5e0", "a b")]
    [DataRow("properties.desired.$version = 1", "c")]
    [DataRow("properties.desired.$metadata.interval.$lastUpdated > '2020-01-01'", "a b")]
    [DataRow("tags.[[odd name]] = 1", "")]
    [DataRow("status = 'disabled'", "c")]
    [DataRow("status = 'enabled' AND (connectionState = 'Disconnected' AND authenticationType = 'sas')", "a b")]
    [DataRow("statusReason = 'off duty' AND statusReason != null", "c")]
    [DataRow("statusReason = null", "a b")]
    [DataRow("x509Thumbprint.primaryThumbprint = null AND capabilities.iotEdge = false", All)]
    [DataRow("lastActivityTime = '0001-01-01T00:00:00Z' AND cloudToDeviceMessageCount = 0 AND modelId = ''", "c")]
    [DataRow("version > 2", "a b")]
    [DataRow("true", All)]
    [DataRow("1 = 1 OR 'a' = 1", All)]
    [DataRow("tags.note = 'it\\'s \\u0041' OR tags.note = 'it''s A'", "a")]
    public async Task A_condition_says_which_devices(string where, string expected)
    {
        JsonArray found = await new HubRest(_cloud).QueryAsync("SELECT * FROM devices WHERE " + where);
        Assert.AreEqual(expected, string.Join(' ', found.Select(twin => (string?)twin!["deviceId"])));
    }

    [TestMethod]
    [DataRow("SELECT deviceId FROM devices", """[{"deviceId":"a"},{"deviceId":"b"},{"deviceId":"c"}]""")]
    [DataRow("select DeviceId as id, tags.location.region from devices where deviceId in ['a', 'c']",
        """[{"id":"a","region":"US"},{"id":"c"}]""")]
    [DataRow("SELECT TOP 1 properties.reported.interval, statusReason FROM devices", """[{"interval":5,"statusReason":null}]""")]
    [DataRow("SELECT COUNT() AS total FROM devices", """[{"total":3}]""")]
    [DataRow("SELECT COUNT(*), COUNT(1) AS n FROM devices WHERE status = 'enabled'", """[{"$1":2,"n":2}]""")]
    [DataRow("SELECT COUNT() AS n FROM devices WHERE deviceId = 'nobody'", """[{"n":0}]""")]
    [DataRow("SELECT SUM(properties.reported.interval) AS sum, AVG(tags.level) AS mean, MIN(tags.none) AS none FROM devices",
        """[{"sum":10,"mean":1.0}]""")]
    [DataRow("SELECT MAX(properties.desired.interval) AS max, MIN(properties.desired.interval) AS min FROM devices",
        """[{"max":9,"min":5}]""")]
    [DataRow("SELECT status, COUNT() AS n FROM devices GROUP BY status", """[{"status":"disabled","n":1},{"status":"enabled","n":2}]""")]
    [DataRow("SELECT COUNT() AS n, tags.location.region AS region FROM devices GROUP BY tags.location.region",
        """[{"n":1},{"n":1,"region":"DE"},{"n":1,"region":"US"}]""")]
    [DataRow("SELECT tags.on, status FROM devices WHERE is_defined(tags.on) GROUP BY tags.on, status",
        """[{"on":false,"status":"enabled"},{"on":true,"status":"enabled"}]""")]
    public async Task What_is_selected_is_what_comes(string query, string expected)
    {
        (JsonArray items, string? continuation, string itemType) = await new HubRest(_cloud).QueryPageAsync(query);
        Assert.AreEqual(expected, items.ToJsonString());
        Assert.IsNull(continuation);
        Assert.AreEqual("raw", itemType);
    }

    [TestMethod]
    [DataRow("", "character 1:")]
    [DataRow("SELECT", "a name has to stand where its end is")]
    [DataRow("SELECT * FORM devices", "character 10: FROM has to stand where 'FORM' is")]
    [DataRow("SELECT * FROM devices.modules", "no modules and no jobs")]
    [DataRow("SELECT * FROM devices ORDER BY deviceId", "character 23: 'ORDER'")]
    [DataRow("SELECT * FROM devices WHERE", "where its end is")]
    [DataRow("SELECT * FROM devices WHERE property.reported.a = 1", "no 'property.reported.a'")]
    [DataRow("SELECT * FROM devices WHERE etag = 'x'", "no 'etag'")]
    [DataRow("SELECT * FROM devices WHERE deviceId = 'a", "no ' at its end")]
    [DataRow("SELECT * FROM devices WHERE deviceId = 'a\\x'", "escapes")]
    [DataRow("SELECT * FROM devices WHERE deviceId IN [tags.a]", "IN takes constants")]
    [DataRow("SELECT * FROM devices WHERE deviceId IN []", "a name has to stand")]
    [DataRow("SELECT * FROM devices WHERE LENGTH(deviceId) = 1", "'LENGTH'")]
    [DataRow("SELECT * FROM devices WHERE (deviceId = 'a'", ") has to stand")]
    [DataRow("SELECT * FROM devices WHERE tags.a = 1 + (1 = 1)", "a condition, where a value")]
    [DataRow("SELECT * FROM devices WHERE 1 + 1", "a number, where a condition")]
    [DataRow("SELECT * FROM devices WHERE tags.a = 1e999", "no number")]
    [DataRow("SELECT * FROM devices WHERE tags.a = 1x", "no number")]
    [DataRow("SELECT * FROM devices WHERE tags.a ; 1", "';'")]
    [DataRow("SELECT * FROM devices WHERE tags.[[a\"b]] = 1", "no name that a query")]
    [DataRow("SELECT * FROM devices WHERE tags.[[a = 1", "no ']]'")]
    [DataRow("SELECT TOP 0 * FROM devices", "TOP")]
    [DataRow("SELECT * FROM devices GROUP BY status", "GROUP BY")]
    [DataRow("SELECT deviceId, COUNT() FROM devices GROUP BY status", "'deviceId'")]
    public async Task What_is_not_understood_is_named_with_its_place(string query, string reason)
    {
        string body = new JsonObject { ["query"] = query }.ToJsonString();
        StringAssert.Contains(
            await new HubRest(_cloud).ExpectErrorAsync(
                HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Post, "devices/query", body), reason);
    }

    [TestMethod]
    [DataRow("(", 201, ")")]
    [DataRow("NOT ", 201, "")]
    [DataRow("tags.a = 1 AND ", 201, "")]
    [DataRow("is_defined(tags.a) OR ", 201, "")]
    [DataRow("x", 8192, "")]
    public async Task A_query_that_is_too_much_is_refused(string begin, int times, string end)
    {
        string where = string.Concat(Enumerable.Repeat(begin, times)) + "true" + string.Concat(Enumerable.Repeat(end, times));
        string body = new JsonObject { ["query"] = "SELECT * FROM devices WHERE " + where }.ToJsonString();
        await new HubRest(_cloud).ExpectErrorAsync(
            HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Post, "devices/query", body);
    }

    [TestMethod]
    [DataRow("tags.level + ", "tags.level = 1")]
    [DataRow("tags.level = 1 AND ", "true")]
    [DataRow("NOT ", "true")]
    [DataRow("(", "true")]
    public async Task A_query_that_is_just_not_too_much_runs(string begin, string end)
    {
        string where = string.Concat(Enumerable.Repeat(begin, 200)) + end + new string(')', begin == "(" ? 200 : 0);
        await new HubRest(_cloud).QueryAsync("SELECT * FROM devices WHERE " + where);
    }

    [TestMethod]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        var hub = new HubRest(_cloud);
        Assert.AreEqual("a b|c", await ReadPagesAsync(hub, "SELECT * FROM devices", 2));
        Assert.AreEqual("a|b|c", await ReadPagesAsync(hub, "SELECT deviceId FROM devices", 1));
        Assert.AreEqual("a|b", await ReadPagesAsync(hub, "SELECT TOP 2 deviceId FROM devices", 1));
        Assert.AreEqual("a|c", await ReadPagesAsync(hub, "SELECT deviceId FROM devices WHERE deviceId != 'b'", 1));
        Assert.AreEqual(
            "disabled|enabled", await ReadPagesAsync(hub, "SELECT COUNT(), status AS deviceId FROM devices GROUP BY status", 1));
        Assert.AreEqual("twin", (await hub.QueryPageAsync("SELECT * FROM devices")).ItemType);
    }

    [TestMethod]
    public async Task A_query_sees_its_own_hub_alone()
    {
        await using Cloud cloud = await Cloud.StartAsync(hubNames: ["first.azure-devices.net", "other.azure-devices.net"]);
        await new HubRest(cloud).ExpectAsync(HttpMethod.Put, "devices/lamp", "{}");
        Assert.IsEmpty(
            await new HubRest(cloud, "other.azure-devices.net").QueryAsync("SELECT * FROM devices WHERE deviceId = 'lamp' OR true"));
    }

    private static async Task<string> ReadPagesAsync(HubRest hub, string query, int size)
    {
        var pages = new List<string>();
        string? continuation = null;
        do
        {
            (JsonArray items, continuation, _) = await hub.QueryPageAsync(query, size, continuation);
            pages.Add(string.Join(' ', items.Select(item => (string?)item!["deviceId"])));
        }
        while (continuation is not null && pages.Count < 9);
        return string.Join('|', pages);
    }
}
