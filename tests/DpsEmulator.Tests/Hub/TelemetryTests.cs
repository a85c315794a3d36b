using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Hub;

/// <summary>What a device sends to the hub.</summary>
[TestClass]
public sealed class TelemetryTests
{
    [TestMethod]
    public async Task Telemetry_arrives_with_its_properties()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await device.PublishAsync(EventsTopic + "%24.ct=application%2Fjson&alarm=no", """{"temperature":21.5}""");

        JsonNode page = await cloud.GetTelemetryAsync(Id);
        JsonNode message = page["messages"]!.AsArray().Single()!;
        Assert.AreEqual(21.5, (double?)message["json"]!["temperature"]);
        Assert.AreEqual("application/json", (string?)message["properties"]!["$.ct"]);
        Assert.AreEqual("no", (string?)message["properties"]!["alarm"]);
        Assert.AreEqual((long?)page["last"], (long?)message["sequence"]);
    }

    [TestMethod]
    [DataRow("devices/" + Id + "/messages/events", MqttQualityOfService.AtMostOnce)]
    [DataRow("devices/" + Id + "/messages/events/", MqttQualityOfService.AtLeastOnce)]
    public async Task Telemetry_is_taken_in_both_forms_and_qualities(string topic, MqttQualityOfService qualityOfService)
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await device.PublishAsync(topic, "\u00E4", qualityOfService);

        JsonNode page = await cloud.GetTelemetryAsync(Id, "wait=30");
        Assert.AreEqual("\u00E4", (string?)page["messages"]![0]!["text"]);
    }

    [TestMethod]
    public async Task A_retained_message_is_handed_on_with_a_property()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await device.PublishAsync(EventsTopic, "1", retain: true);

        JsonNode page = await cloud.GetTelemetryAsync(Id);
        Assert.AreEqual("true", (string?)page["messages"]![0]!["properties"]!["mqtt-retain"]);
    }

    [TestMethod]
    [DataRow(262_141, true)]
    [DataRow(262_142, false)]
    public async Task A_message_has_256_KiB_at_most_with_its_properties(int length, bool taken)
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        var message = new PublishPacket
        {
            Topic = EventsTopic + "a=%C3%A4", // three bytes: one, and two of the letter
            Payload = new byte[length],
            QualityOfService = MqttQualityOfService.AtLeastOnce,
            PacketId = 1,
        };

        await device.SendAsync(message);

        if (taken)
        {
            await device.ReceiveAsync<PubackPacket>();
        }
        else
        {
            await device.ExpectCloseAsync();
            StringAssert.Contains(cloud.Log, "262145 bytes");
        }
    }

    [TestMethod]
    public async Task Only_the_latest_thousand_messages_are_kept()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        for (int i = 0; i < 1002; i++)
        {
            await device.PublishAsync(EventsTopic, $"{i}", MqttQualityOfService.AtMostOnce);
        }

        await device.PublishAsync(EventsTopic, "last");

        JsonArray kept = (await cloud.GetTelemetryAsync(Id, "limit=1000"))["messages"]!.AsArray();
        Assert.HasCount(1000, kept);
        Assert.AreEqual("3", (string?)kept[0]!["text"]);
        Assert.AreEqual("last", (string?)kept[999]!["text"]);
    }

    [TestMethod]
    public async Task The_will_of_a_device_that_breaks_off_arrives_and_that_of_one_that_says_goodbye_does_not()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        var will = new MqttWill { Topic = EventsTopic, Message = "gone"u8.ToArray() };
        await using (TestDevice polite = await TestDevice.ConnectHubAsync(cloud, certificate, Id, will: will))
        {
            await polite.SendAsync(new DisconnectPacket());
            await polite.ExpectCloseAsync();
        }

        await using (await TestDevice.ConnectHubAsync(cloud, certificate, Id, will: will))
        {
        }

        JsonArray messages = (await cloud.GetTelemetryAsync(Id, "wait=30"))["messages"]!.AsArray();
        Assert.HasCount(1, messages);
        Assert.AreEqual("gone", (string?)messages[0]!["text"]);
        Assert.AreEqual("Will", (string?)messages[0]!["properties"]!["iothub-MessageType"]);
    }
}
