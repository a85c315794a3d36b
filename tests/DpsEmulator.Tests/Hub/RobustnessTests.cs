using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Mqtt;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using Microsoft.Data.Sqlite;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Hub;

/// <summary>One bad message, or one failure, does not stand in the way of what comes after it.</summary>
[TestClass]
public sealed class RobustnessTests
{
    private const string Half = """{"a":"\ud800"}""";
    private const string HalfName = """{"\ud800":1}""";

    [TestMethod]
    public async Task A_message_that_no_topic_can_carry_is_refused_and_the_next_one_arrives()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);

        await SendBadAsync(cloud, """{"text":"1","properties":{"colour":null}}""", "'colour'");
        await SendBadAsync(cloud, $$"""{"text":"2","properties":{"a":"{{new string(' ', 22_000)}}"} }""", "65535");
        await cloud.SendMessageAsync(Id, new { text = "3", properties = new { a = new string(' ', 21_000) } });

        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(MessagesFilter);
        Assert.AreEqual("3", Encoding.UTF8.GetString((await device.ReceiveAsync<PublishPacket>()).Payload.Span));
    }

    [TestMethod]
    public async Task A_stored_message_that_cannot_be_sent_is_dropped_and_the_next_one_arrives()
    {
        using var folder = new TemporaryFolder();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id, folder: folder.FullPath);
        Change(folder, $$"""
            INSERT INTO cloud_message (device, properties, payload, message_id, ack, expires, deliveries) VALUES
                (1, '{"colour":null}', x'31', '', 0, '9999', 0), (1, '{"a":"{{new string('x', 70_000)}}"}', x'32', '', 0, '9999', 0),
                (1, '{}', x'33', '', 0, '9999', 0)
            """);

        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(MessagesFilter);
        Assert.AreEqual("3", Encoding.UTF8.GetString((await device.ReceiveAsync<PublishPacket>()).Payload.Span));
        StringAssert.Contains(cloud.Log, "is dropped");
        Assert.AreEqual(1L, Change(folder, "SELECT COUNT(*) FROM cloud_message"), "the two are removed");
    }

    [TestMethod]
    [DataRow(Half, 0)]
    [DataRow(HalfName, 0)]
    [DataRow("", 63)]
    [DataRow("", 33)]
    public async Task Telemetry_that_cannot_be_shown_as_JSON_is_shown_as_text(string text, int depth)
    {
        string payload = text + Nested(depth);
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await device.PublishAsync(EventsTopic, payload);

        JsonNode message = (await cloud.GetTelemetryAsync(Id))["messages"]!.AsArray().Single()!;
        Assert.AreEqual(payload, (string?)message["text"]);
        Assert.IsNull(message["json"]);
    }

    [TestMethod]
    [DataRow(Half, 0)]
    [DataRow("", 63)]
    public async Task A_method_answer_that_cannot_be_shown_as_JSON_is_shown_as_text(string text, int depth)
    {
        string payload = text + Nested(depth);
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(MethodsFilter, MqttQualityOfService.AtMostOnce);

        Task<HttpResponseMessage> call = cloud.InvokeMethodAsync(Id, 1);
        PublishPacket request = await device.ReceiveAsync<PublishPacket>();
        await device.PublishAsync($"$iothub/methods/res/200/?$rid={request.Topic.Split("$rid=")[1]}", payload);

        using HttpResponseMessage answer = await call;
        Assert.AreEqual(payload, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["payload"]);
    }

    [TestMethod]
    [DataRow(Half, 0)]
    [DataRow(HalfName, 0)]
    [DataRow("", 32)]
    public async Task Properties_that_a_twin_could_not_show_are_refused(string text, int depth)
    {
        string patch = depth == 0 ? text : $$"""{"a":{{Nested(depth)}}}""";
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(TwinAnswersFilter, MqttQualityOfService.AtMostOnce);

        await device.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=1", patch, MqttQualityOfService.AtMostOnce);
        Assert.AreEqual("$iothub/twin/res/400/?$rid=1", (await device.ReceiveAsync<PublishPacket>()).Topic);
        await new HubRest(cloud).ExpectErrorAsync(
            HttpStatusCode.BadRequest,
            "ArgumentInvalid",
            HttpMethod.Patch,
            $"twins/{Id}",
            $$"""{"properties":{"desired":{{patch}} } }""");
    }

    [TestMethod]
    public async Task A_failure_of_the_emulator_is_logged_and_told_as_a_problem()
    {
        using var folder = new TemporaryFolder();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id, folder: folder.FullPath);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        Change(folder, "DROP TABLE telemetry");

        await device.SendAsync(new PublishPacket { Topic = EventsTopic, Payload = "1"u8.ToArray() });
        await device.ExpectCloseAsync();
        StringAssert.Contains(cloud.Log, $"Hub: {Id} closed: SqliteException");

        string path = $"api/hubs/{cloud.Host.HubName}/devices/{Id}/telemetry";
        using HttpResponseMessage response = await cloud.Http.GetAsync(path);
        Assert.AreEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        StringAssert.Contains(cloud.Log, $"GET /{path} failed: SqliteException");
    }

    [TestMethod]
    public async Task A_change_for_a_connection_that_has_just_ended_is_no_error()
    {
        using var peer = new MqttPeer(new DuplexPipe(), CancellationToken.None);
        peer.Subscribe(DesiredChangesFilter, MqttQualityOfService.AtMostOnce);
        var twin = new TwinRequests(new DeviceAddress("hub", Id), null!, peer, TimeProvider.System);
        peer.Dispose();

        await twin.NotifyDesiredAsync([], 2, CancellationToken.None);
        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await peer.PublishAsync(DesiredChangesFilter, "a", default), "it had ended");
    }

    /// <summary>An array in an array, so many deep.</summary>
    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static async Task SendBadAsync(Cloud cloud, string message, string reason)
    {
        string refusal = await cloud.RefuseMessageAsync(Id, message, HttpStatusCode.BadRequest, "ArgumentInvalid");
        StringAssert.Contains(refusal, reason);
    }

    /// <summary>Does something to the database behind the emulator's back.</summary>
    private static object? Change(TemporaryFolder folder, string sql)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullPath, "emulator.db"), Pooling = false };
        using var connection = new SqliteConnection(source.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
