using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using Microsoft.Extensions.Time.Testing;

namespace DevKit.DpsEmulator.Tests.Faults;

/// <summary>Bad days on demand.</summary>
[TestClass]
public sealed class FaultTests
{
    private const string Id = "my-devkit";

    [TestMethod]
    public async Task A_registration_is_answered_429_and_how_long_to_wait()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        JsonNode rule = await AddAsync(cloud, """{"kind":"status","service":"dps","status":429,"retryAfter":7}""");
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);

        DpsReply reply = await device.RegisterAsync(Id);

        Assert.AreEqual(429, reply.Status);
        Assert.AreEqual(7, reply.RetryAfter);
        Assert.AreEqual(429001, (int?)reply.Body["errorCode"]);
        Assert.AreEqual(1, (long?)(await cloud.GetAsync("api/faults")).AsArray().Single()!["hits"]);
        using HttpResponseMessage removed = await cloud.Http.DeleteAsync($"api/faults/{(int)rule["id"]!}");
        Assert.AreEqual(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.AreEqual(202, (await device.BeginRegistrationAsync(Id)).Status);
    }

    [TestMethod]
    public async Task CONNECT_is_refused_with_the_code_for_the_devices_that_are_meant_alone()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.ProvisionAsync(certificate, Id);
        await AddAsync(cloud, """{"kind":"connack","service":"hub","device":"other","returnCode":3}""");
        await using (await TestDevice.ConnectHubAsync(cloud, certificate, Id))
        {
        }

        await AddAsync(cloud, """{"kind":"connack","service":"hub","device":"My-*","returnCode":3}""");
        await using TestDevice refused = await TestDevice.OpenAsync(cloud, certificate);
        Assert.AreEqual(MqttConnectReturnCode.ServerUnavailable, await refused.ConnectHubAsync(Id, null));
        await using TestDevice atDps = await TestDevice.OpenAsync(cloud, certificate);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await atDps.ConnectDpsAsync(Id), "DPS is another service");
    }

    [TestMethod]
    public async Task A_connection_is_dropped()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.ProvisionAsync(certificate, Id);
        await using TestDevice connected = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await AddAsync(cloud, """{"kind":"drop"}""");

        await connected.SendAsync(new PublishPacket { Topic = $"devices/{Id}/messages/events/" });
        await connected.ExpectCloseAsync();
        await using TestDevice next = await TestDevice.OpenAsync(cloud, certificate);
        await next.SendAsync(new ConnectPacket { ClientId = Id, UserName = $"{cloud.Host.HubName}/{Id}/?api-version=2021-04-12" });
        await next.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task A_request_is_answered_with_garbage()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.ProvisionAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync("$iothub/twin/res/#");
        await AddAsync(cloud, """{"kind":"garbage"}""");

        await device.SendAsync(new PublishPacket { Topic = "$iothub/twin/GET/?$rid=1" });
        PublishPacket answer = await device.ReceiveAsync<PublishPacket>();

        Assert.AreEqual("$iothub/twin/res/200/?$rid=1", answer.Topic);
        Assert.AreEqual(32, answer.Payload.Length);
    }

    [TestMethod]
    public async Task An_answer_is_delayed_and_a_rule_ends_with_its_time()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using Cloud cloud = await Cloud.StartAsync(clock: clock);
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.ProvisionAsync(certificate, Id);
        await AddAsync(cloud, """{"kind":"delay","delay":20,"seconds":60}""");
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        Task<MqttConnectReturnCode> connecting = device.ConnectHubAsync(Id, null);
        await cloud.WaitForLogAsync("meets fault rule 1, Delay");
        Assert.IsFalse(connecting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await connecting);
        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.IsEmpty((await cloud.GetAsync("api/faults")).AsArray());
        await device.PublishAsync($"devices/{Id}/messages/events/", "at once");
    }

    [TestMethod]
    public async Task A_share_strikes_so_many_of_all()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        await AddAsync(cloud, """{"kind":"status","status":500,"share":0.25}""");
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        await device.ConnectDpsAsync(Id);
        await device.SubscribeAsync(TestDevice.DpsAnswers);
        int failures = 0;
        for (int i = 0; i < 40; i++)
        {
            failures += (await device.BeginRegistrationAsync(Id)).Status == 500 ? 1 : 0;
        }

        Assert.AreEqual(10, failures);
    }

    [TestMethod]
    public async Task Over_HTTPS_a_registration_meets_them_too()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await AddAsync(cloud, """{"kind":"status","status":503,"retryAfter":4}""");
        using var client = new ServiceClient(cloud, EmulatorOptions.GlobalEndpoint);
        (HttpStatusCode status, _, HttpResponseMessage response) = await client.SendAsync(
            HttpMethod.Put, $"{cloud.Host.IdScope}/registrations/{Id}/register?api-version=2019-03-31", null, new JsonObject());
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, status);
        Assert.AreEqual("4", response.Headers.GetValues("Retry-After").Single());
    }

    [TestMethod]
    [DataRow("""{}""", "'kind'")]
    [DataRow("""{"kind":"earthquake"}""", "status, drop, delay, garbage, connack")]
    [DataRow("""{"kind":"status","status":200}""", "400 to 599")]
    [DataRow("""{"kind":"drop","share":2}""", "0 to 1")]
    [DataRow("""{"kind":"drop","service":"mail"}""", "dps, hub")]
    [DataRow("""{"kind":"connack","returnCode":0}""", "1 to 5")]
    [DataRow("""{"kind":"delay","delay":"long"}""", "'delay'")]
    [DataRow("[]", "no JSON object")]
    public async Task What_is_no_rule_is_refused_with_the_reason(string json, string reason)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.Http.PostAsync("api/faults", new StringContent(json)).ExpectProblemAsync(HttpStatusCode.BadRequest, reason);
        await cloud.Http.DeleteAsync("api/faults/7").ExpectProblemAsync(HttpStatusCode.NotFound, "'7'");
        Assert.IsEmpty((await cloud.GetAsync("api/faults")).AsArray());
    }

    private static async Task<JsonNode> AddAsync(Cloud cloud, string json)
    {
        using HttpResponseMessage response = await cloud.Http.PostAsJsonAsync("api/faults", JsonSerializer.Deserialize<JsonElement>(json));
        Assert.AreEqual(HttpStatusCode.Created, response.StatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
