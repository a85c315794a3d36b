using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Http;

/// <summary>Secrets that the page's API shows: to who asks for them, with a line in the log, and nowhere else.</summary>
[TestClass]
public sealed class SecretApiTests
{
    [TestMethod]
    public async Task The_keys_of_a_device_of_a_group_are_derived_from_both_of_the_groups()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var keys = new JsonObject { ["primaryKey"] = Sas.Key, ["secondaryKey"] = Sas.OtherKey };
        var attestation = new JsonObject { ["type"] = "symmetricKey", ["symmetricKey"] = keys };
        await cloud.PutAsync("dps/enrollmentGroups/keys", new JsonObject { ["attestation"] = attestation });

        JsonNode derived = await cloud.GetAsync($"api/enrollmentGroups/KEYS/keys/{Id}");

        Assert.AreEqual(Derive(Sas.Key), (string?)derived["primaryKey"]);
        Assert.AreEqual(Derive(Sas.OtherKey), (string?)derived["secondaryKey"]);
        StringAssert.Contains(cloud.Log, $"Showed the keys that {Id} has from the group keys");
        Assert.DoesNotContain(Derive(Sas.Key), cloud.Log);
    }

    [TestMethod]
    public async Task There_are_no_keys_of_certificates_of_nobody_or_for_what_is_no_ID()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using TestAuthority authority = TestAuthority.Create("Factory");
        await cloud.EnrollGroupAsync("factory", authority);
        var attestation = new JsonObject { ["type"] = "symmetricKey" };
        await cloud.PutAsync("dps/enrollmentGroups/keys", new JsonObject { ["attestation"] = attestation });
        await cloud.Http.GetAsync($"api/enrollmentGroups/factory/keys/{Id}").ExpectProblemAsync(HttpStatusCode.BadRequest, "has no keys");
        await cloud.Http.GetAsync($"api/enrollmentGroups/x/keys/{Id}").ExpectProblemAsync(HttpStatusCode.NotFound, "'x'");
        await cloud.Http.GetAsync("api/enrollmentGroups/keys/keys/a%20b").ExpectProblemAsync(HttpStatusCode.BadRequest, "'a b'");
    }

    [TestMethod]
    public async Task Connection_strings_are_shown_and_not_logged()
    {
        await using Cloud cloud = await Cloud.StartAsync(null, null, default, "one.example", "two.example");
        JsonNode strings = await cloud.GetAsync("api/connection-strings");
        CollectionAssert.AreEqual(
            cloud.Host.ConnectionStrings.ToArray(),
            new[] { (string?)strings["provisioning"] }
                .Concat(strings["hubs"]!.AsArray().Select(hub => (string?)hub!["connectionString"])).ToArray());
        Assert.AreEqual("two.example", (string?)strings["hubs"]![1]!["hub"]);
        StringAssert.Contains(cloud.Log, "Showed the connection strings");
        Assert.DoesNotContain("SharedAccessKey=", cloud.Log);
        Assert.DoesNotContain("SharedAccessKey", await cloud.Http.GetStringAsync("api/info"));
    }

    private static string Derive(string key) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.ASCII.GetBytes(Id)));
}
