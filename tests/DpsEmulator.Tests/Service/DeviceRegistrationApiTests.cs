using System.Net;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests.Service;

/// <summary>Devices that register over HTTPS.</summary>
[TestClass]
public sealed class DeviceRegistrationApiTests
{
    private const string Id = "my-devkit";
    private const string Version = "?api-version=2019-03-31";

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_device_registers_and_asks_until_it_is_assigned(bool byCertificate)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        string? token = null;
        if (byCertificate)
        {
            await cloud.EnrollAsync(certificate);
        }
        else
        {
            await cloud.EnrollKeyAsync(Id, Sas.Key);
            token = Sas.Create($"{cloud.Host.IdScope}/registrations/{Id}", Sas.Key, "registration");
        }

        using var client = new ServiceClient(cloud, EmulatorOptions.GlobalEndpoint, byCertificate ? certificate : null);
        string path = $"{cloud.Host.IdScope}/registrations/{Id}";

        (HttpStatusCode begun, JsonNode? operation, HttpResponseMessage response) = await client.SendAsync(
            HttpMethod.Put, $"{path}/register{Version}", token, new JsonObject { ["registrationId"] = Id });
        Assert.AreEqual(HttpStatusCode.Accepted, begun, cloud.Log);
        Assert.IsTrue(response.Headers.Contains("Retry-After"));
        Assert.AreEqual("assigning", (string?)operation!["status"]);
        (HttpStatusCode ended, JsonNode? state, _) =
            await client.SendAsync(HttpMethod.Get, $"{path}/operations/{(string?)operation["operationId"]}{Version}", token);
        Assert.AreEqual(HttpStatusCode.OK, ended, cloud.Log);
        Assert.AreEqual("assigned", (string?)state!["status"]);
        Assert.AreEqual(cloud.Host.HubName, (string?)state["registrationState"]!["assignedHub"]);

        (_, JsonNode? looked, _) =
            await client.SendAsync(HttpMethod.Post, path + Version, token, new JsonObject { ["registrationId"] = Id });
        Assert.AreEqual("assigned", (string?)looked!["status"]);
    }

    [TestMethod]
    public async Task What_is_no_registration_is_refused_as_the_status_says()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollKeyAsync(Id, Sas.Key);
        using var client = new ServiceClient(cloud, EmulatorOptions.GlobalEndpoint);
        string path = $"{cloud.Host.IdScope}/registrations/{Id}";
        string token = Sas.Create(path, Sas.Key, "registration");
        var body = new JsonObject { ["registrationId"] = Id };

        await ExpectAsync(client, 401, $"{path}/register{Version}", null, body);
        await ExpectAsync(client, 401, $"{path}/register{Version}", Sas.Create(path, Sas.OtherKey, "registration"), body);
        await ExpectAsync(client, 400, $"{path}/register", token, body);
        await ExpectAsync(client, 400, $"{path}/register?api-version=2015-01-01", token, body);
        await ExpectAsync(client, 400, $"{path}/register{Version}", token, new JsonObject { ["registrationId"] = "other" });
        await ExpectAsync(client, 404, $"0ne00000000/registrations/{Id}/register{Version}", token, body);
        using HttpResponseMessage plain = await cloud.Http.PutAsync($"registration/{path}/register{Version}", null);
        Assert.AreEqual(HttpStatusCode.NotFound, plain.StatusCode, "not without TLS");
    }

    private static async Task ExpectAsync(ServiceClient client, int status, string path, string? token, JsonObject body)
    {
        (HttpStatusCode actual, JsonNode? answer, _) = await client.SendAsync(HttpMethod.Put, path, token, body.DeepClone());
        Assert.AreEqual(status, (int)actual, answer?.ToJsonString());
        Assert.AreEqual(status, (int)answer!["errorCode"]! / 1000);
    }
}
