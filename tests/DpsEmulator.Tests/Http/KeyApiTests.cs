using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests.Http;

/// <summary>Symmetric keys over HTTP: who makes one, and who sees it.</summary>
[TestClass]
public sealed class KeyApiTests
{
    private const string Id = "my-devkit";

    [TestMethod]
    public async Task A_key_is_made_where_none_is_given_and_shown_to_who_asks_for_it()
    {
        await using Cloud cloud = await Cloud.StartAsync();

        using HttpResponseMessage response = await AddKeyAsync(cloud, Id);

        Assert.AreEqual(HttpStatusCode.Created, response.StatusCode);
        Assert.AreEqual($"/api/enrollments/{Id}", response.Headers.Location?.OriginalString);
        JsonNode shown = await cloud.GetAsync($"api/enrollments/{Id}/key");
        string key = (string)shown["primaryKey"]!;
        Assert.HasCount(32, Convert.FromBase64String(key));
        Assert.AreEqual(
            $"DPSEndpoint={EmulatorOptions.GlobalEndpoint};IdScope={cloud.Host.IdScope};DeviceId={Id};SymmetricKey={key}",
            (string?)shown["connectionString"]);
        using HttpResponseMessage another = await AddKeyAsync(cloud, "another");
        Assert.AreNotEqual(key, (string?)(await cloud.GetAsync("api/enrollments/another/key"))["primaryKey"]);
    }

    [TestMethod]
    public async Task Nothing_but_the_call_for_it_shows_a_key()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using HttpResponseMessage enrolled = await AddKeyAsync(cloud, Id, Sas.Key, deviceId: "lamp", enabled: false);
        using HttpResponseMessage made = await cloud.Http.PostAsJsonAsync("api/devices", new { deviceId = Id, primaryKey = Sas.Key });
        using HttpResponseMessage again = await cloud.Http.PostAsJsonAsync("api/devices", new { deviceId = Id, primaryKey = Sas.Key });

        Assert.DoesNotContain(Sas.Key, await enrolled.Content.ReadAsStringAsync());
        Assert.Contains(Sas.Key, await made.Content.ReadAsStringAsync(), "this once");
        Assert.DoesNotContain(Sas.Key, await again.Content.ReadAsStringAsync());
        foreach (string path in new[] { "api/enrollments", $"api/enrollments/{Id}", "api/devices", $"api/devices/{Id}", "api/info" })
        {
            Assert.DoesNotContain(Sas.Key, await cloud.Http.GetStringAsync(path), path);
        }

        await cloud.GetAsync($"api/enrollments/{Id}/key");
        Assert.DoesNotContain(Sas.Key, cloud.Log);
        StringAssert.Contains(cloud.Log, $"Showed the key of {Id}");
        JsonNode listed = (await cloud.GetAsync("api/enrollments")).AsArray().Single()!;
        Assert.AreEqual("symmetricKey", (string?)listed["attestation"]);
        Assert.AreEqual("lamp", (string?)listed["deviceId"]);
        Assert.IsFalse((bool?)listed["enabled"]);
        Assert.IsNull(listed["certificateFingerprint"]);
    }

    [TestMethod]
    public async Task The_same_key_again_is_no_error_and_anything_else_is_a_conflict()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        using DeviceCertificate first = DeviceCertificate.Create("first");
        using HttpResponseMessage enrolled = await AddKeyAsync(cloud, Id, Sas.Key);
        using HttpResponseMessage again = await AddKeyAsync(cloud, Id, Sas.Key);
        Assert.AreEqual(HttpStatusCode.OK, again.StatusCode);

        await ExpectProblemAsync(AddKeyAsync(cloud, Id, Sas.OtherKey), HttpStatusCode.Conflict, "another key");
        await ExpectProblemAsync(AddKeyAsync(cloud, Id), HttpStatusCode.Conflict, "another key");
        await ExpectProblemAsync(cloud.UploadAsync(certificate.Pem), HttpStatusCode.Conflict, "another key");
        await cloud.EnrollAsync(first);
        await ExpectProblemAsync(AddKeyAsync(cloud, "first"), HttpStatusCode.Conflict, "another certificate");
        await ExpectProblemAsync(AddKeyAsync(cloud, "second", deviceId: "first"), HttpStatusCode.Conflict, "'first'");
        Assert.AreEqual(Sas.Key, (string?)(await cloud.GetAsync($"api/enrollments/{Id}/key"))["primaryKey"]);
    }

    [TestMethod]
    public async Task What_is_no_enrollment_with_a_key_is_refused_with_the_reason_and_without_the_key()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);

        await ExpectProblemAsync(AddKeyAsync(cloud, null), HttpStatusCode.BadRequest, "'registrationId'");
        await ExpectProblemAsync(AddAsync(cloud, new { registrationId = Id, attestation = "tpm" }), HttpStatusCode.BadRequest, "'tpm'");
        await ExpectProblemAsync(AddKeyAsync(cloud, "a b"), HttpStatusCode.BadRequest, "'a b'");
        await ExpectProblemAsync(AddKeyAsync(cloud, "a\n"), HttpStatusCode.BadRequest, "no registration ID");
        await ExpectProblemAsync(AddKeyAsync(cloud, Id, "secret!"), HttpStatusCode.BadRequest, "no base64");
        await ExpectProblemAsync(
            AddKeyAsync(cloud, Id, Convert.ToBase64String(new byte[15])), HttpStatusCode.BadRequest, "15 bytes: a key has 16 to 64");
        await ExpectProblemAsync(AddKeyAsync(cloud, Id, Convert.ToBase64String(new byte[65])), HttpStatusCode.BadRequest, "65 bytes");
        await ExpectProblemAsync(AddKeyAsync(cloud, Id, certificate: certificate.Pem), HttpStatusCode.BadRequest, "one of the two");
        await ExpectProblemAsync(
            AddAsync(cloud, new { certificate = certificate.Pem, primaryKey = Sas.Key }), HttpStatusCode.BadRequest, "symmetricKey");
        Assert.IsEmpty((await cloud.GetAsync("api/enrollments")).AsArray());
    }

    [TestMethod]
    public async Task What_is_no_device_is_refused_with_the_reason()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await ExpectProblemAsync(cloud.Http.PostAsJsonAsync("api/devices", new { }), HttpStatusCode.BadRequest, "'deviceId'");
        await ExpectProblemAsync(cloud.Http.PostAsJsonAsync("api/devices", new { deviceId = "a/b" }), HttpStatusCode.BadRequest, "'a/b'");
        await ExpectProblemAsync(
            cloud.Http.PostAsJsonAsync("api/devices", new { deviceId = Id, primaryKey = "AAAA" }), HttpStatusCode.BadRequest, "3 bytes");
        Assert.IsEmpty((await cloud.GetAsync("api/devices")).AsArray());

        using HttpResponseMessage made = await cloud.Http.PostAsJsonAsync("api/devices", new { deviceId = Id });
        Assert.AreEqual(HttpStatusCode.Created, made.StatusCode);
        await ExpectProblemAsync(cloud.Http.PostAsJsonAsync("api/devices", new { deviceId = Id }), HttpStatusCode.Conflict, $"'{Id}'");
    }

    [TestMethod]
    public async Task There_is_no_key_of_a_certificate_or_of_nobody()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        await ExpectProblemAsync(cloud.Http.GetAsync($"api/enrollments/{Id}/key"), HttpStatusCode.NotFound, "has no key");
        await ExpectProblemAsync(cloud.Http.GetAsync("api/enrollments/x/key"), HttpStatusCode.NotFound, "enrollment 'x'");
    }

    private static Task<HttpResponseMessage> AddAsync<T>(Cloud cloud, T enrollment) =>
        cloud.Http.PostAsJsonAsync("api/enrollments", enrollment);

    private static Task<HttpResponseMessage> AddKeyAsync(
        Cloud cloud,
        string? registrationId,
        string? primaryKey = null,
        string? deviceId = null,
        string? certificate = null,
        bool? enabled = null) =>
        AddAsync(cloud, new { registrationId, attestation = "symmetricKey", primaryKey, deviceId, certificate, enabled });

    private static async Task ExpectProblemAsync(Task<HttpResponseMessage> answer, HttpStatusCode status, string reason)
    {
        string body = await answer.ExpectProblemAsync(status, reason);
        Assert.DoesNotContain(Sas.Key, body);
        Assert.DoesNotContain("secret!", body);
    }
}
