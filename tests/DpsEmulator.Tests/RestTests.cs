using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests;

[TestClass]
public sealed class RestTests
{
    private const string Id = "az-c89346854138v1v4v1";

    [TestMethod]
    [DataRow("application/x-pem-file")]
    [DataRow("text/plain")]
    [DataRow("application/octet-stream")]
    public async Task A_certificate_is_enrolled_under_its_common_name(string contentType)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);

        using HttpResponseMessage response = await cloud.UploadAsync("Some words before it.\n" + certificate.Pem, contentType);

        Assert.AreEqual(HttpStatusCode.Created, response.StatusCode);
        Assert.AreEqual($"/api/enrollments/{Id}", response.Headers.Location?.OriginalString);
        JsonNode listed = (await cloud.GetAsync("api/enrollments")).AsArray().Single()!;
        Assert.AreEqual(Id, (string?)listed["registrationId"]);
        Assert.AreEqual(Id, (string?)listed["deviceId"]);
        Assert.AreEqual(certificate.Fingerprint, (string?)listed["certificateFingerprint"]);
        Assert.IsTrue((bool?)listed["enabled"]);
        Assert.IsNull(listed["assignedHub"]);
        Assert.AreEqual(listed.ToJsonString(), (await cloud.GetAsync($"api/enrollments/{Id}")).ToJsonString());
    }

    [TestMethod]
    public async Task An_enrollment_as_JSON_may_name_another_device_ID()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);

        using HttpResponseMessage response = await cloud.Http.PostAsJsonAsync(
            "api/enrollments", new { certificate = certificate.Pem, registrationId = Id, deviceId = "lamp" });

        Assert.AreEqual(HttpStatusCode.Created, response.StatusCode);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        Assert.AreEqual("lamp", (string?)(await device.RegisterAsync(Id)).Body["registrationState"]!["deviceId"]);
        await using TestDevice lamp = await TestDevice.ConnectHubAsync(cloud, certificate, "lamp");
    }

    [TestMethod]
    public async Task The_same_certificate_again_is_no_error_and_another_one_is_a_conflict()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        using DeviceCertificate other = DeviceCertificate.Make(Id);
        await cloud.EnrollAsync(certificate);

        using HttpResponseMessage again = await cloud.UploadAsync(certificate.Pem);
        Assert.AreEqual(HttpStatusCode.OK, again.StatusCode);
        await RefusedAsync(await cloud.UploadAsync(other.Pem), HttpStatusCode.Conflict, "Remove that enrollment");
        Assert.AreEqual(certificate.Fingerprint, (string?)(await cloud.GetAsync($"api/enrollments/{Id}"))["certificateFingerprint"]);
    }

    [TestMethod]
    public async Task A_device_ID_belongs_to_one_enrollment()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate first = DeviceCertificate.Make("first");
        using DeviceCertificate second = DeviceCertificate.Make("second");
        await cloud.EnrollAsync(first);

        await RefusedAsync(
            await cloud.Http.PostAsJsonAsync("api/enrollments", new { certificate = second.Pem, deviceId = "first" }),
            HttpStatusCode.Conflict,
            "'first'");
    }

    [TestMethod]
    public async Task What_is_no_certificate_of_a_device_is_refused_with_the_reason()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        using DeviceCertificate forbidden = DeviceCertificate.Make("a b");
        using DeviceCertificate tooLong = DeviceCertificate.Make(new string('x', 129));
        using DeviceCertificate longest = DeviceCertificate.Make(new string('x', 128));
        using DeviceCertificate expired = DeviceCertificate.Make("old", notAfter: DateTimeOffset.UtcNow.AddDays(-1));
        using DeviceCertificate early = DeviceCertificate.Make("young", notBefore: DateTimeOffset.UtcNow.AddDays(1));

        await RefusedAsync(await cloud.UploadAsync(""), HttpStatusCode.BadRequest, "holds no certificate");
        await RefusedAsync(await cloud.UploadAsync("hello"), HttpStatusCode.BadRequest, "holds no certificate");
        await RefusedAsync(await cloud.UploadAsync(certificate.Pem + "\n" + certificate.KeyPem()), HttpStatusCode.BadRequest, "private key");
        await RefusedAsync(await cloud.UploadAsync(certificate.Pem + "\n" + forbidden.Pem), HttpStatusCode.BadRequest, "2 certificates");
        await RefusedAsync(
            await cloud.UploadAsync("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"), HttpStatusCode.BadRequest, "damaged");
        await RefusedAsync(await cloud.UploadAsync(forbidden.Pem), HttpStatusCode.BadRequest, "'a b'");
        await RefusedAsync(await cloud.UploadAsync(tooLong.Pem), HttpStatusCode.BadRequest, "1 to 128");
        await RefusedAsync(await cloud.UploadAsync(expired.Pem), HttpStatusCode.BadRequest, "not now");
        await RefusedAsync(await cloud.UploadAsync(early.Pem), HttpStatusCode.BadRequest, "not now");
        await RefusedAsync(await cloud.UploadAsync("{", "application/json"), HttpStatusCode.BadRequest, "no JSON");
        await RefusedAsync(await cloud.UploadAsync("{}", "application/json"), HttpStatusCode.BadRequest, "'certificate'");
        await RefusedAsync(await cloud.UploadAsync(new string('x', 300_000)), HttpStatusCode.RequestEntityTooLarge, "large");
        await RefusedAsync(
            await cloud.Http.PostAsJsonAsync("api/enrollments", new { certificate = certificate.Pem, registrationId = "other" }),
            HttpStatusCode.BadRequest,
            "common name");
        await RefusedAsync(
            await cloud.Http.PostAsJsonAsync("api/enrollments", new { certificate = certificate.Pem, deviceId = "a/b" }),
            HttpStatusCode.BadRequest,
            "'a/b'");
        await RefusedAsync(
            await cloud.Http.PostAsync("api/enrollments", new ByteArrayContent([0xFF, 0xFE])), HttpStatusCode.BadRequest, "no text");
        Assert.IsEmpty((await cloud.GetAsync("api/enrollments")).AsArray());
        using HttpResponseMessage accepted = await cloud.UploadAsync(longest.Pem);
        Assert.AreEqual(HttpStatusCode.Created, accepted.StatusCode);
    }

    [TestMethod]
    public async Task A_removed_enrollment_is_gone_and_its_device_stays()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await cloud.ProvisionAsync(certificate, Id);

        using HttpResponseMessage removed = await cloud.Http.DeleteAsync($"api/enrollments/{Id}");

        Assert.AreEqual(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.IsEmpty((await cloud.GetAsync("api/enrollments")).AsArray());
        Assert.HasCount(1, (await cloud.GetAsync("api/devices")).AsArray());
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
    }

    [TestMethod]
    public async Task What_is_not_there_is_not_found_and_says_so_as_a_problem()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await RefusedAsync(await cloud.Http.GetAsync("api/enrollments/x"), HttpStatusCode.NotFound, "enrollment 'x'");
        await RefusedAsync(await cloud.Http.DeleteAsync("api/enrollments/x"), HttpStatusCode.NotFound, "enrollment 'x'");
        await RefusedAsync(
            await cloud.Http.PatchAsJsonAsync("api/enrollments/x", new { enabled = true }), HttpStatusCode.NotFound, "enrollment 'x'");
        await RefusedAsync(await cloud.Http.PatchAsJsonAsync("api/enrollments/x", new { }), HttpStatusCode.BadRequest, "'enabled'");
        await RefusedAsync(await cloud.Http.PatchAsJsonAsync("api/enrollments/x", new { enabled = "?" }), HttpStatusCode.BadRequest, "JSON");
        await RefusedAsync(await cloud.Http.GetAsync("api/devices/x"), HttpStatusCode.NotFound, "device 'x'");
        await RefusedAsync(await cloud.Http.DeleteAsync("api/devices/x"), HttpStatusCode.NotFound, "device 'x'");
        await RefusedAsync(await cloud.Http.GetAsync("api/devices/x/telemetry"), HttpStatusCode.NotFound, "device 'x'");
        await RefusedAsync(await cloud.Http.GetAsync("api/devices/x/telemetry?wait=61"), HttpStatusCode.BadRequest, "wait 0 to 60");
        await RefusedAsync(await cloud.Http.GetAsync("api/devices/x/telemetry?after=soon"), HttpStatusCode.BadRequest, "after");
        await RefusedAsync(await cloud.Http.PostAsJsonAsync("api/devices/x/messages", new { text = "" }), HttpStatusCode.NotFound, "device 'x'");
        await RefusedAsync(await cloud.Http.PatchAsJsonAsync("api/devices/x/twin/desired", new { }), HttpStatusCode.NotFound, "device 'x'");
        await RefusedAsync(await cloud.Http.PatchAsJsonAsync("api/devices/x/twin/desired", 7), HttpStatusCode.BadRequest, "no JSON object");
        await RefusedAsync(await cloud.Http.PostAsJsonAsync("api/devices/x/methods/m", 1), HttpStatusCode.NotFound, "device 'x'");
        await RefusedAsync(await cloud.Http.GetAsync("api/nothing"), HttpStatusCode.NotFound, "/api/nothing");
        await RefusedAsync(await cloud.Http.PutAsync("api/info", null), HttpStatusCode.MethodNotAllowed, "GET");
        await RefusedAsync(
            await cloud.Http.PostAsync("api/devices/x/messages", new StringContent("x")), HttpStatusCode.UnsupportedMediaType, "JSON");
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
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
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

    [TestMethod]
    public async Task Changes_are_told_as_events()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        using Stream events = await cloud.Http.GetStreamAsync("api/events");
        using var reader = new StreamReader(events);
        Assert.AreEqual("event: change", await reader.ReadLineAsync(), "the first one at once");
        await reader.ReadLineAsync();
        await reader.ReadLineAsync();

        await cloud.EnrollAsync(certificate);
        Assert.AreEqual("event: change", await reader.ReadLineAsync());
    }

    [TestMethod]
    [DataRow("evil.example")]
    [DataRow("127.0.0.1.evil.example:8080")]
    public async Task A_name_that_is_not_this_servers_is_turned_away(string host)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/enrollments");
        request.Headers.Host = host;
        await RefusedAsync(await cloud.Http.SendAsync(request), HttpStatusCode.MisdirectedRequest, "localhost");
    }

    [TestMethod]
    public async Task Localhost_is_a_name_of_this_server()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/enrollments");
        request.Headers.Host = $"localhost:{cloud.Host.HttpAddress.Port}";
        using HttpResponseMessage response = await cloud.Http.SendAsync(request);
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
    }

    [TestMethod]
    [DataRow("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [DataRow("Origin", "null", HttpStatusCode.Forbidden)]
    [DataRow("Origin", "http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [DataRow("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [DataRow("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [DataRow("Sec-Fetch-Site", "same-origin", HttpStatusCode.Created)]
    public async Task Another_web_site_changes_nothing(string header, string value, HttpStatusCode expected)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/enrollments") { Content = new StringContent(certificate.Pem) };
        request.Headers.Add(header, value);
        using HttpResponseMessage response = await cloud.Http.SendAsync(request);
        Assert.AreEqual(expected, response.StatusCode);
        Assert.HasCount(expected == HttpStatusCode.Created ? 1 : 0, (await cloud.GetAsync("api/enrollments")).AsArray());
    }

    [TestMethod]
    public async Task The_page_may_change_something()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/enrollments") { Content = new StringContent(certificate.Pem) };
        request.Headers.Add("Origin", cloud.Host.HttpAddress.GetLeftPart(UriPartial.Authority));
        using HttpResponseMessage response = await cloud.Http.SendAsync(request);
        Assert.AreEqual(HttpStatusCode.Created, response.StatusCode);
    }

    [TestMethod]
    public async Task The_page_is_served_and_refers_to_nothing_elsewhere()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        foreach (string path in new[] { "", "app.js", "app.css" })
        {
            using HttpResponseMessage response = await cloud.Http.GetAsync(path);
            Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, path);
            string text = await response.Content.ReadAsStringAsync();
            Assert.DoesNotContain("//", text.Replace("\n// ", "\n", StringComparison.Ordinal), $"{path} refers to somewhere else");
            StringAssert.StartsWith(response.Headers.GetValues("Content-Security-Policy").Single(), "default-src 'none'");
        }
    }

    private static async Task RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string reason)
    {
        using (response)
        {
            string body = await response.Content.ReadAsStringAsync();
            Assert.AreEqual(status, response.StatusCode, body);
            Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType?.MediaType, body);
            StringAssert.Contains((string?)JsonNode.Parse(body)!["detail"] ?? "", reason);
        }
    }
}
