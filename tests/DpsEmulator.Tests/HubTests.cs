using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Tests;

[TestClass]
public sealed class HubTests
{
    private const string Id = "az-c89346854138v1v4v1";
    private const string Events = $"devices/{Id}/messages/events/";
    private const string Messages = $"devices/{Id}/messages/devicebound/#";
    private const string TwinAnswers = "$iothub/twin/res/#";
    private const string DesiredChanges = "$iothub/twin/PATCH/properties/desired/#";
    private const string Methods = "$iothub/methods/POST/#";

    [TestMethod]
    public async Task Telemetry_arrives_with_its_properties()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await device.PublishAsync(Events + "%24.ct=application%2Fjson&alarm=no", """{"temperature":21.5}""");

        JsonNode page = await cloud.GetAsync($"api/devices/{Id}/telemetry");
        JsonNode message = page["messages"]!.AsArray().Single()!;
        Assert.AreEqual(21.5, (double?)message["json"]!["temperature"]);
        Assert.AreEqual("application/json", (string?)message["properties"]!["$.ct"]);
        Assert.AreEqual("no", (string?)message["properties"]!["alarm"]);
        Assert.AreEqual((long?)page["last"], (long?)message["sequence"]);
        JsonNode shown = (await cloud.GetAsync("api/devices")).AsArray().Single()!;
        Assert.IsTrue((bool?)shown["connected"]);
        Assert.AreEqual((long?)page["last"], (long?)shown["lastTelemetry"]!["sequence"]);
    }

    [TestMethod]
    [DataRow("devices/" + Id + "/messages/events", MqttQualityOfService.AtMostOnce)]
    [DataRow("devices/" + Id + "/messages/events/", MqttQualityOfService.AtLeastOnce)]
    public async Task Telemetry_is_taken_in_both_forms_and_qualities(string topic, MqttQualityOfService qualityOfService)
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await device.PublishAsync(topic, "\u00E4", qualityOfService);

        JsonNode page = await cloud.GetAsync($"api/devices/{Id}/telemetry?wait=30");
        Assert.AreEqual("\u00E4", (string?)page["messages"]![0]!["text"]);
    }

    [TestMethod]
    public async Task A_retained_message_is_handed_on_with_a_property()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await device.PublishAsync(Events, "1", retain: true);

        Assert.AreEqual("true", (string?)(await cloud.GetAsync($"api/devices/{Id}/telemetry"))["messages"]![0]!["properties"]!["mqtt-retain"]);
    }

    [TestMethod]
    public async Task Only_the_latest_thousand_messages_are_kept()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        for (int i = 0; i < 1002; i++)
        {
            await device.PublishAsync(Events, $"{i}", MqttQualityOfService.AtMostOnce);
        }

        await device.PublishAsync(Events, "last");

        JsonArray kept = (await cloud.GetAsync($"api/devices/{Id}/telemetry?limit=1000"))["messages"]!.AsArray();
        Assert.HasCount(1000, kept);
        Assert.AreEqual("3", (string?)kept[0]!["text"]);
        Assert.AreEqual("last", (string?)kept[999]!["text"]);
    }

    [TestMethod]
    public async Task QoS_2_closes_the_connection()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await device.SendAsync(new PublishPacket { Topic = Events, QualityOfService = MqttQualityOfService.ExactlyOnce, PacketId = 1 });
        await device.ExpectCloseAsync();
        Assert.IsEmpty((await cloud.GetAsync($"api/devices/{Id}/telemetry"))["messages"]!.AsArray());
    }

    [TestMethod]
    [DataRow(Messages, MqttSubscribeReturnCode.GrantedAtLeastOnce)]
    [DataRow(TwinAnswers, MqttSubscribeReturnCode.GrantedAtLeastOnce)]
    [DataRow(DesiredChanges, MqttSubscribeReturnCode.GrantedAtLeastOnce)]
    [DataRow(Methods, MqttSubscribeReturnCode.GrantedAtLeastOnce)]
    [DataRow("devices/somebody/messages/devicebound/#", MqttSubscribeReturnCode.Failure)]
    [DataRow("devices/+/messages/devicebound/#", MqttSubscribeReturnCode.Failure)]
    [DataRow("#", MqttSubscribeReturnCode.Failure)]
    public async Task Subscriptions_are_granted_at_most_QoS_1_and_only_to_what_is_there(string filter, MqttSubscribeReturnCode granted)
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        Assert.AreEqual(granted, await device.SubscribeAsync(filter, MqttQualityOfService.ExactlyOnce));
    }

    [TestMethod]
    [DataRow("devices/somebody/messages/events/")]
    [DataRow("devices/" + Id + "/messages/eventsx")]
    [DataRow("hello")]
    [DataRow("$iothub/twin/GET/?rid=1")]
    [DataRow("$iothub/methods/res/x/?$rid=1")]
    public async Task An_unknown_topic_closes_the_connection(string topic)
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await device.SendAsync(new PublishPacket { Topic = topic });
        await device.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task A_second_connection_closes_the_first()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice first = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await using TestDevice second = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await first.ExpectCloseAsync();
        await second.PublishAsync(Events, "still here");
        Assert.IsTrue((bool?)(await cloud.GetAsync($"api/devices/{Id}"))["connected"], "the end of the first is not the device's");
    }

    [TestMethod]
    public async Task A_silent_device_is_dropped_after_one_and_a_half_keep_alives()
    {
        var clock = new ManualClock();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate, clock);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id, keepAlive: 100);
        await device.SendAsync(new PingreqPacket());
        await device.ReceiveAsync<PingrespPacket>();

        clock.Advance(TimeSpan.FromSeconds(149));
        await device.SendAsync(new PingreqPacket());
        await device.ReceiveAsync<PingrespPacket>();
        clock.Advance(TimeSpan.FromSeconds(149));
        await device.PublishAsync(Events, "any packet will do");
        clock.Advance(TimeSpan.FromSeconds(150));

        await device.ExpectCloseAsync();
        StringAssert.Contains(cloud.Log, "nothing came for too long");
    }

    [TestMethod]
    [DataRow((ushort)0)]
    [DataRow((ushort)1178)]
    [DataRow(ushort.MaxValue)]
    public async Task Keep_alive_is_1177_seconds_at_most(ushort asked)
    {
        var clock = new ManualClock();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate, clock);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id, keepAlive: asked);
        await device.SendAsync(new PingreqPacket());
        await device.ReceiveAsync<PingrespPacket>();

        clock.Advance(TimeSpan.FromSeconds(1177 * 1.5));
        await device.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task A_message_to_the_device_waits_for_it_and_comes_again_until_it_is_acknowledged()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        using HttpResponseMessage sent = await cloud.Http.PostAsJsonAsync(
            $"api/devices/{Id}/messages", new { text = "hello", properties = new { colour = "a&b" } });
        Assert.AreEqual(HttpStatusCode.Accepted, sent.StatusCode);

        await using (TestDevice forgetful = await TestDevice.ConnectHubAsync(cloud, certificate, Id))
        {
            await forgetful.SubscribeAsync(Messages);
            await forgetful.ReceiveAsync<PublishPacket>();
        }

        await using (TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id))
        {
            await device.SubscribeAsync(Messages);
            PublishPacket message = await device.ReceiveAsync<PublishPacket>();
            Assert.AreEqual("hello", Encoding.UTF8.GetString(message.Payload.Span));
            StringAssert.Contains(message.Topic, "colour=a%26b");
            StringAssert.Contains(message.Topic, "%24.to=%2Fdevices%2F" + Id);
            await device.SendAsync(new PubackPacket { PacketId = message.PacketId });
            await device.SendAsync(new PingreqPacket());
            await device.ReceiveAsync<PingrespPacket>();
        }

        await using TestDevice later = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await later.SubscribeAsync(Messages);
        using HttpResponseMessage next = await cloud.Http.PostAsJsonAsync($"api/devices/{Id}/messages", new { base64 = "AAE=" });
        CollectionAssert.AreEqual(new byte[] { 0, 1 }, (await later.ReceiveAsync<PublishPacket>()).Payload.ToArray());
    }

    [TestMethod]
    public async Task A_full_queue_takes_no_more_messages()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        for (int i = 0; i < 50; i++)
        {
            using HttpResponseMessage taken = await cloud.Http.PostAsJsonAsync($"api/devices/{Id}/messages", new { text = "x" });
            Assert.AreEqual(HttpStatusCode.Accepted, taken.StatusCode);
        }

        using HttpResponseMessage refused = await cloud.Http.PostAsJsonAsync($"api/devices/{Id}/messages", new { text = "x" });
        Assert.AreEqual(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [TestMethod]
    public async Task A_device_reads_its_twin_and_reports()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(TwinAnswers, MqttQualityOfService.AtMostOnce);

        JsonNode empty = await AskTwinAsync(device, "GET/?$rid=1", "", "$iothub/twin/res/200/?$rid=1");
        Assert.AreEqual("""{"desired":{"$version":1},"reported":{"$version":1}}""", empty.ToJsonString());

        await AskTwinAsync(device, "PATCH/properties/reported/?$rid=2", """{"a":{"b":1,"c":2},"d":"x"}""", "$iothub/twin/res/204/?$rid=2&$version=2");
        await AskTwinAsync(device, "PATCH/properties/reported/?$rid=3", """{"a":{"b":null},"d":[1]}""", "$iothub/twin/res/204/?$rid=3&$version=3");

        JsonNode twin = await AskTwinAsync(device, "GET/?$rid=4", "", "$iothub/twin/res/200/?$rid=4");
        Assert.AreEqual("""{"a":{"c":2},"d":[1],"$version":3}""", twin["reported"]!.ToJsonString());
        Assert.AreEqual(2, (int?)(await cloud.GetAsync($"api/devices/{Id}"))["reported"]!["a"]!["c"]);
    }

    [TestMethod]
    [DataRow("[]")]
    [DataRow("{")]
    [DataRow("""{"a.b":1}""")]
    [DataRow("""{"x":{"$version":1}}""")]
    [DataRow("""{"a":1,"a":2}""")]
    public async Task A_report_that_is_no_twin_is_refused_and_changes_nothing(string report)
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(TwinAnswers, MqttQualityOfService.AtMostOnce);

        await AskTwinAsync(device, "PATCH/properties/reported/?$rid=1", report, "$iothub/twin/res/400/?$rid=1");
        Assert.AreEqual("""{"$version":1}""", (await cloud.GetAsync($"api/devices/{Id}"))["reported"]!.ToJsonString());
    }

    [TestMethod]
    public async Task Desired_properties_are_announced()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(DesiredChanges);

        using HttpResponseMessage changed = await cloud.Http.PatchAsJsonAsync($"api/devices/{Id}/twin/desired", new { interval = 5 });
        Assert.AreEqual("""{"interval":5,"$version":2}""", await changed.Content.ReadAsStringAsync());
        PublishPacket announced = await device.ReceiveAsync<PublishPacket>();
        Assert.AreEqual("$iothub/twin/PATCH/properties/desired/?$version=2", announced.Topic);
        Assert.AreEqual("""{"interval":5,"$version":2}""", Encoding.UTF8.GetString(announced.Payload.Span));
    }

    [TestMethod]
    public async Task A_direct_method_is_called_and_answered()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(Methods, MqttQualityOfService.AtMostOnce);

        Task<HttpResponseMessage> call = cloud.Http.PostAsJsonAsync($"api/devices/{Id}/methods/blink", new { times = 3 });
        PublishPacket request = await device.ReceiveAsync<PublishPacket>();
        StringAssert.StartsWith(request.Topic, "$iothub/methods/POST/blink/?$rid=");
        Assert.AreEqual("""{"times":3}""", Encoding.UTF8.GetString(request.Payload.Span));
        await device.PublishAsync($"$iothub/methods/res/201/?$rid={request.Topic.Split("$rid=")[1]}", """{"done":true}""");

        using HttpResponseMessage answer = await call;
        Assert.AreEqual("""{"status":201,"payload":{"done":true}}""", await answer.Content.ReadAsStringAsync());
    }

    [TestMethod]
    public async Task A_direct_method_of_a_device_that_leaves_gets_no_answer()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(Methods, MqttQualityOfService.AtMostOnce);

        Task<HttpResponseMessage> call = cloud.Http.PostAsJsonAsync($"api/devices/{Id}/methods/blink", 1);
        await device.ReceiveAsync<PublishPacket>();
        await device.SendAsync(new DisconnectPacket());

        using HttpResponseMessage answer = await call;
        Assert.AreEqual(HttpStatusCode.GatewayTimeout, answer.StatusCode);
    }

    [TestMethod]
    public async Task A_direct_method_of_a_device_that_is_not_there_is_not_found()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        using HttpResponseMessage offline = await cloud.Http.PostAsJsonAsync($"api/devices/{Id}/methods/blink", 1);
        Assert.AreEqual(HttpStatusCode.NotFound, offline.StatusCode);

        await using TestDevice deaf = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        using HttpResponseMessage unheard = await cloud.Http.PostAsJsonAsync($"api/devices/{Id}/methods/blink", 1);
        Assert.AreEqual(HttpStatusCode.NotFound, unheard.StatusCode);
    }

    [TestMethod]
    public async Task The_will_of_a_device_that_breaks_off_arrives_and_that_of_one_that_says_goodbye_does_not()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        var will = new MqttWill { Topic = Events, Message = "gone"u8.ToArray() };
        await using (TestDevice polite = await TestDevice.ConnectHubAsync(cloud, certificate, Id, will: will))
        {
            await polite.SendAsync(new DisconnectPacket());
            await polite.ExpectCloseAsync();
        }

        await using (await TestDevice.ConnectHubAsync(cloud, certificate, Id, will: will))
        {
        }

        JsonArray messages = (await cloud.GetAsync($"api/devices/{Id}/telemetry?wait=30"))["messages"]!.AsArray();
        Assert.HasCount(1, messages);
        Assert.AreEqual("gone", (string?)messages[0]!["text"]);
        Assert.AreEqual("Will", (string?)messages[0]!["properties"]!["iothub-MessageType"]);
    }

    [TestMethod]
    public async Task A_removed_device_is_dropped_and_cannot_come_back()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        using HttpResponseMessage removed = await cloud.Http.DeleteAsync($"api/devices/{Id}");
        Assert.AreEqual(HttpStatusCode.NoContent, removed.StatusCode);
        await device.ExpectCloseAsync();
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await KnockAsync(cloud, certificate, Id, $"{cloud.Host.HubName}/{Id}/?api-version=2021-04-12"));
    }

    [TestMethod]
    [DataRow(Id, "other.azure-devices.net/" + Id + "/?api-version=2021-04-12", DisplayName = "another hub")]
    [DataRow(Id, "devkit-emulator.azure-devices.net/" + Id, DisplayName = "no API version")]
    [DataRow(Id, "devkit-emulator.azure-devices.net/nobody/?api-version=2021-04-12", DisplayName = "another device")]
    [DataRow("nobody", "devkit-emulator.azure-devices.net/nobody/?api-version=2021-04-12", DisplayName = "a device that never registered")]
    [DataRow(Id, "", DisplayName = "an empty user name")]
    [DataRow(Id, null, DisplayName = "no user name")]
    public async Task A_wrong_CONNECT_is_not_authorized(string clientId, string? userName)
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await KnockAsync(cloud, certificate, clientId, userName));
    }

    [TestMethod]
    public async Task Another_certificate_than_the_registered_one_is_not_authorized()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        using DeviceCertificate other = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        string userName = $"{cloud.Host.HubName}/{Id}/?api-version=2021-04-12";

        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await KnockAsync(cloud, other, Id, userName));
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await KnockAsync(cloud, null, Id, userName));
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await KnockAsync(cloud, certificate, Id, userName));
    }

    [TestMethod]
    public async Task A_device_of_MQTT_5_is_told_the_protocol_version()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        await device.SendBytesAsync(0x10, 0x0D, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 5, 2, 0, 0, 0, 0, 0);
        Assert.AreEqual(MqttConnectReturnCode.UnacceptableProtocolVersion, (await device.ReceiveAsync<ConnackPacket>()).ReturnCode);
        await device.ExpectCloseAsync();
    }

    [TestMethod]
    [DataRow("C000", DisplayName = "PINGREQ first")]
    [DataRow("FFFF", DisplayName = "no packet at all")]
    [DataRow("10FFFFFF7F", DisplayName = "an enormous CONNECT")]
    public async Task What_is_no_CONNECT_closes_the_connection(string hex)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        await device.SendBytesAsync(Convert.FromHexString(hex));
        await device.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task A_second_CONNECT_closes_the_connection()
    {
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        await using Cloud cloud = await StartAsync(certificate);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SendAsync(new ConnectPacket { ClientId = Id });
        await device.ExpectCloseAsync();
    }

    private static async Task<Cloud> StartAsync(DeviceCertificate certificate, TimeProvider? clock = null)
    {
        Cloud cloud = await Cloud.StartAsync(clock: clock);
        await cloud.ProvisionAsync(certificate, Id);
        return cloud;
    }

    private static async Task<MqttConnectReturnCode> KnockAsync(Cloud cloud, DeviceCertificate? certificate, string clientId, string? userName)
    {
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        await device.SendAsync(new ConnectPacket { ClientId = clientId, UserName = userName });
        return (await device.ReceiveAsync<ConnackPacket>()).ReturnCode;
    }

    private static async Task<JsonNode> AskTwinAsync(TestDevice device, string topic, string body, string answerTopic)
    {
        await device.PublishAsync("$iothub/twin/" + topic, body, MqttQualityOfService.AtMostOnce);
        PublishPacket answer = await device.ReceiveAsync<PublishPacket>();
        Assert.AreEqual(answerTopic, answer.Topic);
        return answer.Payload.Length == 0 ? new JsonObject() : JsonNode.Parse(answer.Payload.Span)!;
    }
}
