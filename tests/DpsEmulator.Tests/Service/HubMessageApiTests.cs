using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using Microsoft.Extensions.Time.Testing;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Service;

/// <summary>Messages to devices and their feedback, as a hub's back end has them.</summary>
[TestClass]
public sealed class HubMessageApiTests
{
    private const string Path = $"devices/{Id}/messages/deviceBound";
    private const string Feedback = "messages/serviceBound/feedback";

    [TestMethod]
    public async Task A_message_arrives_with_its_properties_and_leaves_feedback()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        var hub = new HubRest(cloud);
        JsonNode sent = await hub.ExpectAsync(HttpMethod.Post, Path, """
            {"messageId":"m1","correlationId":"c","contentType":"text/plain","ack":"full","text":"hello","properties":{"a":"b&c"}}
            """, status: HttpStatusCode.Created);
        Assert.AreEqual("m1", (string?)sent["messageId"]);
        Assert.AreEqual(1, (int?)(await hub.GetAsync("devices/" + Id))["cloudToDeviceMessageCount"]);

        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(MessagesFilter);
        PublishPacket message = await device.ReceiveAsync<PublishPacket>();
        Assert.AreEqual("hello", Encoding.UTF8.GetString(message.Payload.Span));
        Assert.AreEqual(
            $"devices/{Id}/messages/devicebound/%24.to=%2Fdevices%2F{Id}%2Fmessages%2FdeviceBound&%24.mid=m1&%24.cid=c"
            + "&%24.ct=text%2Fplain&a=b%26c&iothub-ack=full", message.Topic);
        await hub.ExpectAsync(HttpMethod.Get, Feedback, status: HttpStatusCode.NoContent);
        await device.SendAsync(new PubackPacket { PacketId = message.PacketId });
        await device.SendAsync(new PingreqPacket());
        await device.ReceiveAsync<PingrespPacket>();

        using HttpResponseMessage response = await hub.SendAsync(HttpMethod.Get, Feedback);
        Assert.AreEqual("application/vnd.microsoft.iothub.feedback.json", response.Content.Headers.ContentType?.MediaType);
        JsonNode record = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray().Single()!;
        Assert.AreEqual("m1", (string?)record["originalMessageId"]);
        Assert.AreEqual("Success", (string?)record["statusCode"]);
        Assert.AreEqual(Id, (string?)record["deviceId"]);
        Assert.AreEqual((string?)(await hub.GetAsync("devices/" + Id))["generationId"], (string?)record["deviceGenerationId"]);
        Assert.AreEqual(0, (int?)(await hub.GetAsync("devices/" + Id))["cloudToDeviceMessageCount"]);
    }

    [TestMethod]
    public async Task Feedback_is_locked_abandoned_and_completed_by_its_token()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        await hub.ExpectAsync(HttpMethod.Put, "devices/" + Id, "{}");
        await SendAsync(hub, """{"messageId":"m1","text":"1","ack":"negative"}""");
        await SendAsync(hub, """{"messageId":"m2","text":"2","ack":"positive"}""");
        JsonNode purged = await hub.ExpectAsync(HttpMethod.Delete, $"devices/{Id}/commands");
        Assert.AreEqual($$"""{"totalMessagesPurged":2,"deviceId":"{{Id}}","moduleId":null}""", purged.ToJsonString());

        string first = await LockAsync(hub);
        await hub.ExpectAsync(HttpMethod.Get, Feedback, status: HttpStatusCode.NoContent);
        await hub.ExpectAsync(HttpMethod.Post, $"{Feedback}/{first}/abandon", status: HttpStatusCode.NoContent);
        string second = await LockAsync(hub);
        await hub.ExpectErrorAsync(
            HttpStatusCode.PreconditionFailed, "DeviceMessageLockLost", HttpMethod.Delete, $"{Feedback}/{first}");
        await hub.ExpectAsync(HttpMethod.Delete, $"{Feedback}/{second}", status: HttpStatusCode.NoContent);
        await hub.ExpectAsync(HttpMethod.Get, Feedback, status: HttpStatusCode.NoContent);
    }

    [TestMethod]
    public async Task A_message_that_is_over_is_not_delivered_and_its_sender_hears_of_it()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using Cloud cloud = await Cloud.StartAsync(clock: clock);
        var hub = new HubRest(cloud);
        await hub.ExpectAsync(HttpMethod.Put, "devices/" + Id, "{}");
        await SendAsync(hub, """{"text":"1","ack":"negative","messageId":"short","expiryTimeUtc":"2026-01-01T00:10:00Z"}""");
        await SendAsync(hub, """{"text":"2","ack":"full","messageId":"standard"}""");

        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.AreEqual(1, (int?)(await hub.GetAsync("devices/" + Id))["cloudToDeviceMessageCount"]);
        clock.Advance(TimeSpan.FromMinutes(50));
        JsonArray records = (await hub.GetAsync(Feedback)).AsArray();
        CollectionAssert.AreEqual(
            new[] { "short Expired", "standard Expired" },
            records.Select(record => $"{record!["originalMessageId"]} {record["statusCode"]}").ToArray());
    }

    [TestMethod]
    [DataRow("{}", HttpStatusCode.BadRequest, "ArgumentInvalid")]
    [DataRow("""{"text":"a","base64":"AA=="}""", HttpStatusCode.BadRequest, "ArgumentInvalid")]
    [DataRow("""{"base64":"?"}""", HttpStatusCode.BadRequest, "ArgumentInvalid")]
    [DataRow("""{"text":"a","ack":"maybe"}""", HttpStatusCode.BadRequest, "ArgumentInvalid")]
    [DataRow("""{"text":"a","properties":{"b":null}}""", HttpStatusCode.BadRequest, "ArgumentInvalid")]
    [DataRow("""{"text":"a","expiryTimeUtc":"soon"}""", HttpStatusCode.BadRequest, "ArgumentInvalid")]
    [DataRow("{65533}", HttpStatusCode.RequestEntityTooLarge, "MessageTooLarge")]
    public async Task A_message_that_cannot_be_is_refused(string message, HttpStatusCode status, string code)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        await hub.ExpectAsync(HttpMethod.Put, "devices/" + Id, "{}");
        string body = message == "{65533}" ? Message(65_533) : message;
        await hub.ExpectErrorAsync(status, code, HttpMethod.Post, Path, body);
        await hub.ExpectErrorAsync(
            HttpStatusCode.NotFound, "DeviceNotFound", HttpMethod.Post, "devices/nobody/messages/deviceBound", """{"text":"a"}""");
        await SendAsync(hub, Message(65_532));
    }

    [TestMethod]
    public async Task Fifty_messages_wait_at_most()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        var hub = new HubRest(cloud);
        await hub.ExpectAsync(HttpMethod.Put, "devices/" + Id, "{}");
        for (int i = 0; i < 50; i++)
        {
            await SendAsync(hub, """{"text":"a"}""");
        }

        await hub.ExpectErrorAsync(
            HttpStatusCode.Forbidden, "DeviceMaximumQueueDepthExceeded", HttpMethod.Post, Path, """{"text":"a"}""");
    }

    /// <summary>A message of so many bytes, and four of properties.</summary>
    private static string Message(int length) => $$$"""{"text":"{{{new string('x', length)}}}","properties":{"ab":"cd"}}""";

    private static Task<JsonNode> SendAsync(HubRest hub, string message) =>
        hub.ExpectAsync(HttpMethod.Post, Path, message, status: HttpStatusCode.Created);

    private static async Task<string> LockAsync(HubRest hub)
    {
        using HttpResponseMessage response = await hub.SendAsync(HttpMethod.Get, Feedback);
        JsonNode record = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray().Single()!;
        Assert.AreEqual("m1 Purged", $"{record["originalMessageId"]} {record["statusCode"]}");
        return response.Headers.ETag!.Tag.Trim('"');
    }
}
