using System.Net;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Tests.Dps;

/// <summary>Which hub a device gets, and what becomes of it when it gets another.</summary>
[TestClass]
public sealed class AllocationTests
{
    private const string Id = "my-devkit";
    private const string East = "east.azure-devices.net";
    private const string West = "west.azure-devices.net";

    [TestMethod]
    public async Task Static_is_the_named_hub_and_lowest_latency_the_first()
    {
        await using Cloud cloud = await Cloud.StartAsync(hubNames: [East, West]);

        Assert.AreEqual(West, Hub(await RegisterAsync(cloud, Settings("static", West))));
        Assert.AreEqual(East, Hub(await RegisterAsync(cloud, Settings("geoLatency"))));
        Assert.AreEqual(West, Hub(await RegisterAsync(cloud, Settings("geoLatency", West))));
        await using TestDevice atWest = await TestDevice.OpenAsync(cloud, null);
        string token = Sas.Create($"{West}/devices/{Id}", Sas.Key);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await atWest.ConnectHubAsync(Id, token, West), cloud.Log);
        await using TestDevice atEast = await TestDevice.OpenAsync(cloud, null);
        Assert.AreEqual(
            MqttConnectReturnCode.NotAuthorized, await atEast.ConnectHubAsync(Id, Sas.Create($"{East}/devices/{Id}", Sas.Key), East));
    }

    [TestMethod]
    public async Task Hashed_spreads_devices_over_the_hubs_and_each_gets_the_same_again()
    {
        await using Cloud cloud = await Cloud.StartAsync(hubNames: [East, West]);
        var first = new List<string>();
        var second = new List<string>();
        foreach (List<string> hubs in new[] { first, second })
        {
            for (int i = 0; i < 16; i++)
            {
                hubs.Add(Hub(await RegisterAsync(cloud, Settings("hashed"), $"device-{i}")));
            }
        }

        CollectionAssert.AreEqual(first, second);
        CollectionAssert.AreEquivalent(new[] { East, West }, first.Distinct().ToArray());
    }

    [TestMethod]
    [DataRow(true, true, West, "deviceDataMigrated", "from the device's life")]
    [DataRow(true, false, West, "deviceDataReset", "initial")]
    [DataRow(false, true, East, "reprovisionedToInitialAssignment", "from the device's life")]
    public async Task A_device_whose_hub_changes_is_treated_as_its_policy_says(
        bool update, bool migrate, string hub, string substatus, string desired)
    {
        await using Cloud cloud = await Cloud.StartAsync(hubNames: [East, West]);
        JsonObject settings = Settings("static", East);
        settings["initialTwin"] = JsonNode.Parse("""{"tags":{"site":"lab"},"properties":{"desired":{"word":"initial"}}}""");
        JsonNode first = await RegisterAsync(cloud, settings);
        Assert.AreEqual("initialAssignment", (string?)first["substatus"]);
        await PatchDesiredAsync(cloud, East, """{"word":"from the device's life"}""");
        settings["iotHubs"] = new JsonArray(West);
        settings["reprovisionPolicy"] = new JsonObject { ["updateHubAssignment"] = update, ["migrateDeviceData"] = migrate };

        JsonNode second = await RegisterAsync(cloud, settings);

        Assert.AreEqual(hub, Hub(second));
        Assert.AreEqual(substatus, (string?)second["substatus"]);
        JsonNode twin = await cloud.GetAsync($"hubs/{hub}/twins/{Id}");
        Assert.AreEqual(desired, (string?)twin["properties"]!["desired"]!["word"]);
        Assert.AreEqual("lab", (string?)twin["tags"]!["site"]);
        if (update)
        {
            using HttpResponseMessage old = await cloud.Http.GetAsync($"hubs/{East}/twins/{Id}");
            Assert.AreEqual(HttpStatusCode.NotFound, old.StatusCode);
        }
    }

    [TestMethod]
    public async Task A_device_that_comes_back_to_its_hub_keeps_its_twin_and_is_told_so_from_2021_06_01_on()
    {
        await using Cloud cloud = await Cloud.StartAsync(hubNames: [East]);
        JsonObject settings = Settings("hashed");
        settings["initialTwin"] = JsonNode.Parse("""{"properties":{"desired":{"word":"initial"}}}""");
        await RegisterAsync(cloud, settings);
        await PatchDesiredAsync(cloud, East, """{"word":"later"}""");

        JsonNode modern = await RegisterAsync(cloud, settings, apiVersion: "2021-06-01");
        JsonNode older = await RegisterAsync(cloud, settings, apiVersion: "2019-03-31");

        Assert.AreEqual("reprovisionedToInitialAssignment", (string?)modern["substatus"]);
        Assert.AreEqual("initialAssignment", (string?)older["substatus"]);
        JsonNode twin = await cloud.GetAsync($"hubs/{East}/twins/{Id}");
        Assert.AreEqual("later", (string?)twin["properties"]!["desired"]!["word"]);
    }

    [TestMethod]
    public async Task A_hub_that_is_not_linked_any_more_fails_the_registration()
    {
        using var folder = new TemporaryFolder();
        await using (Cloud before = await Cloud.StartAsync(folder.FullPath, hubNames: [East, West]))
        {
            await before.PutAsync($"dps/enrollments/{Id}", Settings("static", West));
        }

        await using Cloud cloud = await Cloud.StartAsync(folder.FullPath, hubNames: [East]);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        DpsReply reply = await device.RegisterAsync(Id, Token(cloud, Id));

        Assert.AreEqual("failed", (string?)reply.Body["status"]);
        Assert.AreEqual("failed", (string?)reply.Body["registrationState"]!["status"]);
        Assert.IsNotNull((string?)reply.Body["registrationState"]!["errorMessage"]);
        Assert.AreEqual("failed", (string?)(await cloud.GetAsync($"dps/registrations/{Id}"))["status"]);
    }

    private static string Hub(JsonNode state) => (string)state["assignedHub"]!;

    private static JsonObject Settings(string policy, params string[] hubs)
    {
        var settings = new JsonObject
        {
            ["attestation"] = new JsonObject
            {
                ["type"] = "symmetricKey",
                ["symmetricKey"] = new JsonObject { ["primaryKey"] = Sas.Key },
            },
            ["allocationPolicy"] = policy,
        };
        if (hubs.Length > 0)
        {
            settings["iotHubs"] = new JsonArray([.. hubs.Select(hub => (JsonNode)hub)]);
        }

        return settings;
    }

    private static string Token(Cloud cloud, string id) => Sas.Create($"{cloud.Host.IdScope}/registrations/{id}", Sas.Key, "registration");

    private static Task<JsonNode> PatchDesiredAsync(Cloud cloud, string hub, string desired) => new HubRest(cloud, hub).ExpectAsync(
        HttpMethod.Patch, $"twins/{Id}", $$"""{"properties":{"desired":{{desired}} } }""");

    /// <summary>Enrolls the device so, or changes its enrollment, and registers it; returns its registration state.</summary>
    private static async Task<JsonNode> RegisterAsync(
        Cloud cloud, JsonObject settings, string id = Id, string apiVersion = "2021-06-01")
    {
        using HttpResponseMessage there = await cloud.Http.GetAsync($"dps/enrollments/{id}");
        await cloud.PutAsync($"dps/enrollments/{id}", settings.DeepClone(), there.IsSuccessStatusCode ? "*" : null);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        DpsReply reply = await device.RegisterAsync(id, Token(cloud, id), apiVersion);
        Assert.AreEqual("assigned", (string?)reply.Body["status"], cloud.Log);
        return reply.Body["registrationState"]!;
    }
}
