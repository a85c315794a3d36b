using System.Net;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Tests.Service;

/// <summary>A hub's registry of devices.</summary>
[TestClass]
public sealed class HubDeviceApiTests
{
    private const string Thumbprint = "0123456789ABCDEF0123456789ABCDEF01234567";

    [TestMethod]
    public async Task A_device_is_made_with_keys_and_shown_as_Azure_shows_it()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        const string Empty = """{"type":"sas","symmetricKey":{"primaryKey":"","secondaryKey":""}}""";

        JsonNode device = await hub.ExpectAsync(
            HttpMethod.Put, "devices/lamp", $$"""{"deviceId":"lamp","authentication":{{Empty}},"statusReason":"new"}""");

        Assert.AreEqual("lamp", (string?)device["deviceId"]);
        Assert.AreEqual("enabled", (string?)device["status"]);
        Assert.AreEqual("new", (string?)device["statusReason"]);
        Assert.AreEqual("Disconnected", (string?)device["connectionState"]);
        Assert.AreEqual("0001-01-01T00:00:00Z", (string?)device["lastActivityTime"]);
        Assert.AreEqual(0, (int?)device["cloudToDeviceMessageCount"]);
        Assert.AreEqual("sas", (string?)device["authentication"]!["type"]);
        Assert.IsNull(device["authentication"]!["x509Thumbprint"]!["primaryThumbprint"]);
        Assert.HasCount(32, Convert.FromBase64String((string)device["authentication"]!["symmetricKey"]!["primaryKey"]!));
        Assert.AreNotEqual(
            (string?)device["authentication"]!["symmetricKey"]!["primaryKey"],
            (string?)device["authentication"]!["symmetricKey"]!["secondaryKey"]);
        using HttpResponseMessage shown = await hub.SendAsync(HttpMethod.Get, "devices/lamp");
        Assert.AreEqual($"\"{(string?)device["etag"]}\"", shown.Headers.ETag?.Tag);
        Assert.AreEqual(device.ToJsonString(), JsonNode.Parse(await shown.Content.ReadAsStringAsync())!.ToJsonString());
    }

    [TestMethod]
    public async Task Either_key_opens_the_hub()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        JsonNode keys = new JsonObject { ["primaryKey"] = Sas.Key, ["secondaryKey"] = Sas.OtherKey };
        await new HubRest(cloud).ExpectAsync(
            HttpMethod.Put, "devices/lamp", $$"""{"authentication":{"symmetricKey":{{keys.ToJsonString()}} } }""");

        foreach (string key in new[] { Sas.Key, Sas.OtherKey })
        {
            await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
            string token = Sas.Create($"{cloud.Host.HubName}/devices/lamp", key);
            Assert.AreEqual(MqttConnectReturnCode.Accepted, await device.ConnectHubAsync("lamp", token), cloud.Log);
        }
    }

    [TestMethod]
    public async Task A_device_is_known_by_either_thumbprint_of_SHA_1_or_SHA_256()
    {
        const string Id = "lamp";
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        string sha1 = certificate.Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA1);
        string authentication =
            $$"""{"x509Thumbprint":{"primaryThumbprint":"{{Thumbprint}}","secondaryThumbprint":"{{sha1.ToLowerInvariant()}}"} }""";
        JsonNode device = await hub.ExpectAsync(HttpMethod.Put, "devices/lamp", $$"""{"authentication":{{authentication}}}""");
        Assert.AreEqual("selfSigned", (string?)device["authentication"]!["type"]);
        Assert.AreEqual(sha1, (string?)device["authentication"]!["x509Thumbprint"]!["secondaryThumbprint"]);
        await using (await TestDevice.ConnectHubAsync(cloud, certificate, Id))
        {
        }

        device["authentication"]!["x509Thumbprint"]!["secondaryThumbprint"] = null;
        await hub.ExpectAsync(HttpMethod.Put, "devices/lamp", device.ToJsonString(), "*");
        string userName = $"{cloud.Host.HubName}/{Id}/?api-version=2021-04-12";
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await TestDevice.TryConnectAsync(cloud, certificate, Id, userName));
        device["authentication"]!["x509Thumbprint"]!["primaryThumbprint"] = certificate.Fingerprint;
        await hub.ExpectAsync(HttpMethod.Put, "devices/lamp", device.ToJsonString(), "*");
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await TestDevice.TryConnectAsync(cloud, certificate, Id, userName));
    }

    [TestMethod]
    public async Task A_device_of_a_CA_is_known_by_the_one_that_issues_operational_certificates()
    {
        const string Body = """{"authentication":{"type":"certificateAuthority"}}""";
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        JsonNode device = await hub.ExpectAsync(HttpMethod.Put, "devices/lamp", Body);
        Assert.AreEqual("certificateAuthority", (string?)device["authentication"]!["type"]);
        Assert.IsNull(device["authentication"]!["symmetricKey"]!["primaryKey"]);
        Assert.AreEqual("certificateAuthority", (string?)(await hub.GetAsync("twins/lamp"))["authenticationType"]);
        Assert.HasCount(1, await hub.QueryAsync("SELECT * FROM devices WHERE authenticationType = 'certificateAuthority'"));

        using DeviceCertificate stranger = DeviceCertificate.Create("lamp");
        string userName = $"{cloud.Host.HubName}/lamp/?api-version=2021-04-12";
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await TestDevice.TryConnectAsync(cloud, stranger, "lamp", userName));
        StringAssert.Contains(cloud.Log, "no CA that was named");
    }

    [TestMethod]
    public async Task A_device_is_made_once_and_changed_with_its_ETag()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        await hub.ExpectErrorAsync(HttpStatusCode.NotFound, "DeviceNotFound", HttpMethod.Put, "devices/lamp", "{}", "*");
        JsonNode made = await hub.ExpectAsync(HttpMethod.Put, "devices/lamp", "{}");
        string etag = (string)made["etag"]!;

        string exists = await hub.ExpectErrorAsync(
            HttpStatusCode.Conflict, "DeviceAlreadyExists", HttpMethod.Put, "devices/lamp", "{}");
        Assert.AreEqual("ErrorCode:DeviceAlreadyExists;A device with ID 'lamp' is already registered.", exists);
        await hub.ExpectErrorAsync(HttpStatusCode.PreconditionFailed, "PreconditionFailed", HttpMethod.Put, "devices/lamp", "{}", "\"x\"");
        JsonNode changed = await hub.ExpectAsync(HttpMethod.Put, "devices/lamp", """{"status":"disabled"}""", $"\"{etag}\"");
        Assert.AreEqual(
            made["authentication"]!.ToJsonString(), changed["authentication"]!.ToJsonString(), "what is not said stays as it is");
        Assert.AreEqual(made["generationId"]!.ToJsonString(), changed["generationId"]!.ToJsonString());
        await hub.ExpectErrorAsync(
            HttpStatusCode.PreconditionFailed, "PreconditionFailed", HttpMethod.Delete, "devices/lamp", null, $"\"{etag}\"");
        await hub.ExpectAsync(HttpMethod.Delete, "devices/lamp", null, "\"*\"", HttpStatusCode.NoContent);
        Assert.AreEqual("ErrorCode:DeviceNotFound;lamp", await hub.ExpectErrorAsync(
            HttpStatusCode.NotFound, "DeviceNotFound", HttpMethod.Get, "devices/lamp"));
        await hub.ExpectErrorAsync(HttpStatusCode.NotFound, "DeviceNotFound", HttpMethod.Delete, "devices/lamp", null, "*");
    }

    [TestMethod]
    public async Task A_device_that_is_disabled_is_dropped_and_comes_back_when_it_is_enabled()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        await cloud.AddDeviceAsync("lamp", Sas.Key);
        string token = Sas.Create($"{cloud.Host.HubName}/devices/lamp", Sas.Key);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await device.ConnectHubAsync("lamp", token));
        Assert.AreEqual("Connected", (string?)(await hub.GetAsync("devices/lamp"))["connectionState"]);

        JsonNode disabled = await hub.ExpectAsync(HttpMethod.Put, "devices/lamp", """{"status":"disabled"}""", "*");
        Assert.AreNotEqual("0001-01-01T00:00:00Z", (string?)disabled["statusUpdatedTime"]);
        await device.ExpectCloseAsync();
        await using TestDevice refused = await TestDevice.OpenAsync(cloud, null);
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await refused.ConnectHubAsync("lamp", token));
        StringAssert.Contains(cloud.Log, "the device is disabled");
        await hub.ExpectAsync(HttpMethod.Put, "devices/lamp", """{"status":"enabled"}""", "*");
        await using TestDevice back = await TestDevice.OpenAsync(cloud, null);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await back.ConnectHubAsync("lamp", token));
    }

    [TestMethod]
    [DataRow("devices/a%20b", "{}", "'a b'")]
    [DataRow("devices/lamp", """{"deviceId":"other"}""", "'other'")]
    [DataRow("devices/lamp", """{"status":"on"}""", "'on'")]
    [DataRow("devices/lamp", """{"capabilities":{"iotEdge":true}}""", "iotEdge")]
    [DataRow("devices/lamp", """{"authentication":{"type":"none"}}""", "'none'")]
    [DataRow("devices/lamp", """{"authentication":{"type":"selfSigned"}}""", "no thumbprint")]
    [DataRow("devices/lamp", """{"authentication":{"symmetricKey":{"primaryKey":"AAAA"}}}""", "primaryKey")]
    [DataRow("devices/lamp", """{"authentication":{"x509Thumbprint":{"primaryThumbprint":"12:34"}}}""", "'12:34'")]
    public async Task What_is_no_device_is_refused_with_the_reason(string path, string body, string reason)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        StringAssert.Contains(
            await hub.ExpectErrorAsync(HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Put, path, body), reason);
        Assert.IsEmpty((await hub.GetAsync("devices")).AsArray());
    }

    [TestMethod]
    public async Task The_list_has_as_many_as_are_asked_for()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        foreach (string id in new[] { "b", "a", "C" })
        {
            await hub.ExpectAsync(HttpMethod.Put, "devices/" + id, "{}");
        }

        Assert.AreEqual("C a b", Names(await hub.GetAsync("devices/")));
        Assert.AreEqual("C a", Names(await hub.GetAsync("devices?top=2")));
        await hub.ExpectErrorAsync(HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Get, "devices?top=0");
        await hub.ExpectErrorAsync(HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Get, "devices?top=some");
    }

    private static string Names(JsonNode devices) => string.Join(' ', devices.AsArray().Select(device => (string?)device!["deviceId"]));
}
