using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests.Service;

/// <summary>DPS's REST for enrollments.</summary>
[TestClass]
public sealed class EnrollmentApiTests
{
    private const string Id = "my-devkit";
    private const string Path = "dps/enrollments/" + Id;

    [TestMethod]
    public async Task An_enrollment_is_made_read_changed_and_removed_each_with_its_entity_tag()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        JsonNode made = await cloud.PutAsync(Path, Keys());
        Assert.AreEqual(Id, (string?)made["registrationId"]);
        Assert.AreEqual("enabled", (string?)made["provisioningStatus"]);
        Assert.AreEqual("hashed", (string?)made["allocationPolicy"]);
        Assert.AreEqual(made.ToJsonString(), (await cloud.GetAsync(Path)).ToJsonString());

        JsonNode changed = made.DeepClone();
        changed["deviceId"] = "lamp";
        await ExpectErrorAsync(cloud.TryPutAsync(Path, changed), 409201, "already exists");
        await ExpectErrorAsync(cloud.TryPutAsync(Path, changed, "\"another\""), 412201, "another etag");
        changed = await cloud.PutAsync(Path, changed, (string?)made["etag"]);
        Assert.AreEqual("lamp", (string?)changed["deviceId"]);
        Assert.AreNotEqual((string?)made["etag"], (string?)changed["etag"]);
        Assert.AreEqual((string?)made["createdDateTimeUtc"], (string?)changed["createdDateTimeUtc"]);

        await ExpectErrorAsync(DeleteAsync(cloud, Path, (string?)made["etag"]), 412201, "another etag");
        using HttpResponseMessage removed = await DeleteAsync(cloud, Path, (string?)changed["etag"]);
        Assert.AreEqual(HttpStatusCode.NoContent, removed.StatusCode);
        await ExpectErrorAsync(cloud.Http.GetAsync(Path), 404201, $"'{Id}'");
        await ExpectErrorAsync(DeleteAsync(cloud, Path), 404201, $"'{Id}'");
        await ExpectErrorAsync(cloud.TryPutAsync(Path, Keys(), "*"), 404201, $"'{Id}'");
        await ExpectErrorAsync(cloud.Http.GetAsync("dps/enrollmentGroups/x"), 404202, "'x'");
    }

    [TestMethod]
    public async Task Keys_are_made_shown_to_who_asks_for_them_alone_and_stay_when_an_enrollment_is_changed()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        JsonNode made = await cloud.PutAsync(Path, Keys());
        JsonNode keys = await PostAsync(cloud, Path + "/attestationmechanism");
        string primary = (string)keys["symmetricKey"]!["primaryKey"]!;
        Assert.HasCount(32, Convert.FromBase64String(primary));
        Assert.AreNotEqual(primary, (string?)keys["symmetricKey"]!["secondaryKey"]);

        JsonNode changed = await cloud.PutAsync(Path, made.DeepClone(), "*");

        Assert.AreEqual(keys.ToJsonString(), (await PostAsync(cloud, Path + "/attestationmechanism")).ToJsonString());
        foreach (string text in new[]
        {
            made.ToJsonString(),
            changed.ToJsonString(),
            (await cloud.GetAsync(Path)).ToJsonString(),
            (await cloud.QueryAsync("enrollments")).ToJsonString(),
            cloud.Log,
        })
        {
            Assert.DoesNotContain(primary, text);
        }
    }

    [TestMethod]
    public async Task Two_certificates_can_be_enrolled_and_each_serves()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate first = DeviceCertificate.Create(Id);
        using DeviceCertificate second = DeviceCertificate.Create(Id);
        JsonNode made = await cloud.PutAsync(Path, Certificates("clientCertificates", first.Pem, second.Pem));
        JsonNode info = made["attestation"]!["x509"]!["clientCertificates"]!["secondary"]!["info"]!;
        Assert.AreEqual(second.Fingerprint, (string?)info["sha256Thumbprint"]);

        // As a GET shows it: described, not contained.
        await cloud.PutAsync(Path, made.DeepClone(), "*");

        foreach (DeviceCertificate certificate in new[] { first, second })
        {
            await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
            Assert.AreEqual("assigned", (string?)(await device.RegisterAsync(Id)).Body["status"], cloud.Log);
            await using TestDevice atHub = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        }
    }

    [TestMethod]
    public async Task What_cannot_be_enrolled_is_refused_with_the_field_and_the_remedy_and_changes_nothing()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        using DeviceCertificate other = DeviceCertificate.Create("other");
        using DeviceCertificate expired = DeviceCertificate.Create(Id, notAfter: DateTimeOffset.UtcNow.AddDays(-1));

        await RefuseAsync(cloud, Path, new JsonObject(), "'attestation'");
        await RefuseAsync(cloud, Path, With("attestation", new JsonObject { ["type"] = "tpm" }), "tpm");
        await RefuseAsync(cloud, Path, With("attestation", 7), "'attestation' is 7");
        await RefuseAsync(cloud, "dps/enrollments/a%20b", Keys(), "'a b'");
        await RefuseAsync(cloud, Path, With("registrationId", "other"), "address names");
        await RefuseAsync(cloud, Path, With("deviceId", "a/b"), "'a/b'");
        await RefuseAsync(cloud, Path, With("provisioningStatus", "perhaps"), "'perhaps'");
        await RefuseAsync(cloud, Path, With("allocationPolicy", "custom"), "custom");
        await RefuseAsync(cloud, Path, With("allocationPolicy", "nearest"), "hashed, geoLatency, static");
        await RefuseAsync(cloud, Path, With("allocationPolicy", "static"), "needs the hub");
        await RefuseAsync(cloud, Path, With("iotHubs", new JsonArray("far.azure-devices.net")), "not linked");
        await RefuseAsync(cloud, Path, With("credentialPolicyName", "other"), "'default'");
        await RefuseAsync(cloud, Path, With("initialTwin", JsonNode.Parse("""{"tags":{"a.b":1}}""")!), "initialTwin.tags");
        await RefuseAsync(cloud, Path, KeysOf("AAAA"), "3 bytes: a key has 16 to 64");
        await RefuseAsync(cloud, Path, KeysOf("secret!"), "no base64");
        await RefuseAsync(cloud, Path, Certificates("clientCertificates", "hello"), "holds no certificate");
        await RefuseAsync(cloud, Path, Certificates("clientCertificates", other.Pem), "common name, 'other'");
        await RefuseAsync(cloud, Path, Certificates("clientCertificates", expired.Pem), "has expired");
        await RefuseAsync(cloud, Path, Certificates("signingCertificates", certificate.Pem), "no CA's");
        await RefuseAsync(
            cloud, "dps/enrollmentGroups/fleet", Certificates("clientCertificates", certificate.Pem), "'signingCertificates'");
        await RefuseAsync(cloud, "dps/enrollmentGroups/fleet", With("deviceId", "lamp"), "not for a group");
        using HttpResponseMessage noJson = await cloud.Http.PutAsync(Path, new StringContent("{"));
        Assert.AreEqual(HttpStatusCode.BadRequest, noJson.StatusCode);
        Assert.IsEmpty(await cloud.QueryAsync("enrollments"));
        Assert.IsEmpty(await cloud.QueryAsync("enrollmentGroups"));
        Assert.DoesNotContain("secret!", cloud.Log);
    }

    [TestMethod]
    [DataRow("enrollments")]
    [DataRow("enrollmentGroups")]
    public async Task A_hub_that_is_named_alone_comes_back_as_it_was_given(string collection)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        JsonNode made = await cloud.PutAsync($"dps/{collection}/{Id}", With("iotHubHostName", cloud.Host.HubName));
        Assert.AreEqual("static", (string?)made["allocationPolicy"]);
        Assert.AreEqual(cloud.Host.HubName, (string?)made["iotHubHostName"]);
    }

    [TestMethod]
    public async Task A_query_goes_on_page_by_page()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        for (int i = 0; i < 5; i++)
        {
            await cloud.PutAsync($"dps/enrollments/device-{i}", Keys());
        }

        var seen = new List<string>();
        string? continuation = null;
        int pages = 0;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "dps/enrollments/query")
            {
                Content = JsonContent.Create(new { query = "select * from enrollments" }),
            };
            request.Headers.Add("x-ms-max-item-count", "2");
            if (continuation is not null)
            {
                request.Headers.Add("x-ms-continuation", continuation);
            }

            using HttpResponseMessage response = await cloud.Http.SendAsync(request);
            seen.AddRange((await response.Content.ReadFromJsonAsync<JsonArray>())!.Select(item => (string)item!["registrationId"]!));
            continuation = response.Headers.TryGetValues("x-ms-continuation", out IEnumerable<string>? next) ? next.Single() : null;
            pages++;
        }
        while (continuation is not null);

        Assert.AreEqual(3, pages);
        CollectionAssert.AreEqual(Enumerable.Range(0, 5).Select(i => $"device-{i}").ToArray(), seen);
        await ExpectErrorAsync(
            cloud.Http.PostAsJsonAsync("dps/enrollments/query", new { query = "SELECT * FROM devices" }), 400004, "not understood");
    }

    [TestMethod]
    public async Task Bulk_makes_changes_and_removes_and_names_what_it_could_not()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        JsonObject[] items = [.. Enumerable.Range(0, 3).Select(i => With("registrationId", $"device-{i}"))];
        Assert.IsTrue((bool?)(await BulkAsync(cloud, "create", items))["isSuccessful"]);

        JsonNode again = await BulkAsync(cloud, "create", items[0], With("registrationId", "device-3"));
        Assert.IsFalse((bool?)again["isSuccessful"]);
        Assert.AreEqual("device-0", (string?)again["errors"]!.AsArray().Single()!["registrationId"]);
        Assert.AreEqual(409201, (int?)again["errors"]![0]!["errorCode"]);
        Assert.HasCount(4, await cloud.QueryAsync("enrollments"));

        items[1]["provisioningStatus"] = "disabled";
        Assert.IsTrue((bool?)(await BulkAsync(cloud, "update", items[1]))["isSuccessful"]);
        Assert.AreEqual("disabled", (string?)(await cloud.GetAsync("dps/enrollments/device-1"))["provisioningStatus"]);
        items[1]["etag"] = "\"old\"";
        Assert.AreEqual(412201, (int?)(await BulkAsync(cloud, "updateIfMatchETag", items[1]))["errors"]![0]!["errorCode"]);
        JsonNode gone = await BulkAsync(cloud, "delete", items[0], With("registrationId", "nobody"));
        Assert.AreEqual(404201, (int?)gone["errors"]!.AsArray().Single()!["errorCode"]);
        Assert.HasCount(3, await cloud.QueryAsync("enrollments"));

        JsonObject[] eleven = [.. Enumerable.Range(0, 11).Select(i => With("registrationId", $"more-{i}"))];
        using HttpResponseMessage tooMany = await cloud.Http.PostAsJsonAsync("dps/enrollments", Bulk("create", eleven));
        await ExpectErrorAsync(Task.FromResult(tooMany), 400004, "11 enrollments: 1 to 10");
    }

    [TestMethod]
    public async Task The_registration_of_a_device_is_shown_with_its_enrollment_and_can_be_removed()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        await ExpectErrorAsync(cloud.Http.GetAsync($"dps/registrations/{Id}"), 404204, $"'{Id}'");
        await using (TestDevice device = await TestDevice.OpenAsync(cloud, certificate))
        {
            await device.RegisterAsync(Id);
        }

        JsonNode state = (await cloud.GetAsync(Path))["registrationState"]!;
        Assert.AreEqual("assigned", (string?)state["status"]);
        Assert.AreEqual(state.ToJsonString(), (await cloud.GetAsync($"dps/registrations/{Id}")).ToJsonString());

        await ExpectErrorAsync(DeleteAsync(cloud, $"dps/registrations/{Id}", "\"old\""), 412201, "registered again");
        using HttpResponseMessage removed = await DeleteAsync(cloud, $"dps/registrations/{Id}");
        Assert.AreEqual(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.IsNull((await cloud.GetAsync(Path))["registrationState"]);
        await using TestDevice atHub = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
    }

    private static JsonObject Keys() => new() { ["attestation"] = new JsonObject { ["type"] = "symmetricKey" } };

    private static JsonObject KeysOf(string primary)
    {
        JsonObject json = Keys();
        json["attestation"]!["symmetricKey"] = new JsonObject { ["primaryKey"] = primary };
        return json;
    }

    private static JsonObject With(string name, JsonNode value)
    {
        JsonObject json = Keys();
        json[name] = value;
        return json;
    }

    private static JsonObject Certificates(string kind, string primary, string? secondary = null)
    {
        var pair = new JsonObject { ["primary"] = new JsonObject { ["certificate"] = primary } };
        if (secondary is not null)
        {
            pair["secondary"] = new JsonObject { ["certificate"] = secondary };
        }

        var x509 = new JsonObject { ["type"] = "x509", ["x509"] = new JsonObject { [kind] = pair } };
        return new JsonObject { ["attestation"] = x509 };
    }

    private static JsonObject Bulk(string mode, params JsonObject[] items) => new()
    {
        ["mode"] = mode,
        ["enrollments"] = new JsonArray([.. items.Select(item => item.DeepClone())]),
    };

    private static async Task<JsonNode> BulkAsync(Cloud cloud, string mode, params JsonObject[] items)
    {
        using HttpResponseMessage response = await cloud.Http.PostAsJsonAsync("dps/enrollments/", Bulk(mode, items));
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static async Task<JsonNode> PostAsync(Cloud cloud, string path)
    {
        using HttpResponseMessage response = await cloud.Http.PostAsync(path, null);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static async Task<HttpResponseMessage> DeleteAsync(Cloud cloud, string path, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await cloud.Http.SendAsync(request);
    }

    private static Task RefuseAsync(Cloud cloud, string path, JsonObject document, string reason) =>
        ExpectErrorAsync(cloud.TryPutAsync(path, document), 400004, reason);

    private static async Task ExpectErrorAsync(Task<HttpResponseMessage> answer, int code, string reason)
    {
        using HttpResponseMessage response = await answer;
        string body = await response.Content.ReadAsStringAsync();
        Assert.AreEqual(code / 1000, (int)response.StatusCode, body);
        Assert.AreEqual(code, (int?)JsonNode.Parse(body)!["errorCode"]);
        Assert.AreEqual($"{code}", response.Headers.GetValues("x-ms-error-code").Single());
        StringAssert.Contains((string?)JsonNode.Parse(body)!["message"], reason);
    }
}
