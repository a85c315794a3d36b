using System.Net;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests.Service;

/// <summary>Who is let into the services' REST, under which name.</summary>
[TestClass]
public sealed class ServiceHostsTests
{
    private const string Provisioning = "provisioningserviceowner";
    private const string Dps = EmulatorOptions.DefaultProvisioningHost;

    [TestMethod]
    public async Task DPS_is_opened_by_a_token_of_its_policy()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using var client = new ServiceClient(cloud, Dps);

        (HttpStatusCode status, JsonNode? body, HttpResponseMessage response) = await client.SendAsync(
            HttpMethod.Post,
            "enrollments/query?api-version=2021-10-01",
            client.CreateToken(Provisioning),
            new JsonObject { ["query"] = "SELECT * FROM enrollments" });

        Assert.AreEqual(HttpStatusCode.OK, status, body?.ToJsonString());
        Assert.IsEmpty(body!.AsArray());
        Assert.AreEqual("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.AreEqual("enrollment", response.Headers.GetValues("x-ms-item-type").Single());
    }

    [TestMethod]
    [DataRow("none", "no Authorization")]
    [DataRow("another key", "not signed")]
    [DataRow("another policy", "names the key 'iothubowner'")]
    [DataRow("another host", "is for 'elsewhere.azure-devices-provisioning.net'")]
    [DataRow("a longer name", "is for 'devkit-emulator.azure-devices-provisioning.net.evil'")]
    [DataRow("expired", "ended at")]
    [DataRow("no token", "does not begin with")]
    public async Task A_request_without_a_token_that_opens_it_is_refused_with_401_and_the_reason(string kind, string reason)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using var client = new ServiceClient(cloud, Dps);
        string key = ServiceClient.ReadKey(cloud, Provisioning);
        string? token = kind switch
        {
            "none" => null,
            "another key" => Sas.Create(Dps, Sas.Key, Provisioning),
            "another policy" => Sas.Create(Dps, ServiceClient.ReadKey(cloud, "iothubowner"), "iothubowner"),
            "another host" => Sas.Create("elsewhere.azure-devices-provisioning.net", key, Provisioning),
            "a longer name" => Sas.Create(Dps + ".evil", key, Provisioning),
            "expired" => Sas.Create(Dps, key, Provisioning, DateTimeOffset.UtcNow.AddMinutes(-6)),
            _ => "Bearer x",
        };

        (HttpStatusCode status, JsonNode? body, _) = await client.SendAsync(HttpMethod.Get, "enrollments/x?api-version=2021-10-01", token);

        Assert.AreEqual(HttpStatusCode.Unauthorized, status);
        Assert.AreEqual(401002, (int?)body!["errorCode"]);
        StringAssert.Contains((string?)body["message"], reason);
        Assert.DoesNotContain(key, cloud.Log);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("?api-version=2015-01-01")]
    public async Task A_version_that_DPS_never_had_is_refused(string query)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using var client = new ServiceClient(cloud, Dps);

        (HttpStatusCode status, JsonNode? body, _) =
            await client.SendAsync(HttpMethod.Get, "enrollments/x" + query, client.CreateToken(Provisioning));

        Assert.AreEqual(HttpStatusCode.BadRequest, status);
        StringAssert.Contains((string?)body!["message"], "api-version");
    }

    [TestMethod]
    [DataRow("dps/enrollments/x")]
    [DataRow("registration/0ne00000000/registrations/x/register")]
    [DataRow("api/info")]
    [DataRow("ca.pem")]
    public async Task The_pages_own_addresses_are_not_there(string path)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using var client = new ServiceClient(cloud, Dps);

        (HttpStatusCode status, _, _) =
            await client.SendAsync(HttpMethod.Get, path + "?api-version=2021-10-01", client.CreateToken(Provisioning));

        Assert.AreEqual(HttpStatusCode.NotFound, status);
    }

    [TestMethod]
    public async Task Keys_of_the_policies_are_kept_for_their_owner_and_stay_the_same()
    {
        using var folder = new TemporaryFolder();
        string first;
        await using (Cloud before = await Cloud.StartAsync(folder.FullPath))
        {
            first = ServiceClient.ReadKey(before, Provisioning);
            Assert.AreNotEqual(first, ServiceClient.ReadKey(before, "iothubowner"));
        }

        await using Cloud after = await Cloud.StartAsync(folder.FullPath);
        Assert.AreEqual(first, ServiceClient.ReadKey(after, Provisioning));
        if (!OperatingSystem.IsWindows())
        {
            UnixFileMode mode = File.GetUnixFileMode(Path.Combine(folder.FullPath, Provisioning + ".key"));
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        }
    }
}
