using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Hub;

/// <summary>Twins, as a device sees them.</summary>
[TestClass]
public sealed class TwinTests
{
    [TestMethod]
    public async Task A_device_reads_its_twin_and_reports()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(TwinAnswersFilter, MqttQualityOfService.AtMostOnce);

        JsonNode empty = await RequestTwinAsync(device, "GET/?$rid=1", "", "$iothub/twin/res/200/?$rid=1");
        Assert.AreEqual("""{"desired":{"$version":1},"reported":{"$version":1}}""", empty.ToJsonString());

        const string Report = "PATCH/properties/reported/?$rid=";
        await RequestTwinAsync(device, Report + "2", """{"a":{"b":1,"c":2},"d":"x"}""", "$iothub/twin/res/204/?$rid=2&$version=2");
        await RequestTwinAsync(device, Report + "3", """{"a":{"b":null},"d":[1]}""", "$iothub/twin/res/204/?$rid=3&$version=3");

        JsonNode twin = await RequestTwinAsync(device, "GET/?$rid=4", "", "$iothub/twin/res/200/?$rid=4");
        Assert.AreEqual("""{"a":{"c":2},"d":[1],"$version":3}""", twin["reported"]!.ToJsonString());
        Assert.AreEqual(2, (int?)(await cloud.GetTwinAsync(Id))["properties"]!["reported"]!["a"]!["c"]);
    }

    [TestMethod]
    [DataRow("[]")]
    [DataRow("{")]
    [DataRow("""{"a.b":1}""")]
    [DataRow("""{"x":{"$version":1}}""")]
    [DataRow("""{"a":1,"a":2}""")]
    public async Task A_report_that_is_no_twin_is_refused_and_changes_nothing(string report)
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(TwinAnswersFilter, MqttQualityOfService.AtMostOnce);

        await RequestTwinAsync(device, "PATCH/properties/reported/?$rid=1", report, "$iothub/twin/res/400/?$rid=1");
        Assert.AreEqual(1, (int?)(await cloud.GetTwinAsync(Id))["properties"]!["reported"]!["$version"]);
    }

    [TestMethod]
    public async Task A_report_that_is_refused_is_answered_as_Azure_answers()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(TwinAnswersFilter, MqttQualityOfService.AtMostOnce);

        JsonNode answer = await RequestTwinAsync(
            device, "PATCH/properties/reported/?$rid=1", """{"a b":1}""", "$iothub/twin/res/400/?$rid=1");
        Assert.AreEqual(400004, (int?)answer["errorCode"]);
        StringAssert.Contains((string?)answer["message"], "'a b'");
        Assert.AreEqual(32, ((string?)answer["trackingId"])?.Length);
        StringAssert.EndsWith((string?)answer["timestampUtc"], "Z");
    }

    [TestMethod]
    public async Task Desired_properties_are_announced()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(DesiredChangesFilter);

        JsonNode changed = await cloud.UpdateDesiredAsync(Id, new { interval = 5 });
        Assert.AreEqual(5, (int?)changed["properties"]!["desired"]!["interval"]);
        PublishPacket announced = await device.ReceiveAsync<PublishPacket>();
        Assert.AreEqual("$iothub/twin/PATCH/properties/desired/?$version=2", announced.Topic);
        Assert.AreEqual("""{"interval":5,"$version":2}""", Encoding.UTF8.GetString(announced.Payload.Span));
    }

    [TestMethod]
    public async Task What_JSON_allows_as_it_is_reaches_the_device_as_it_is()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(DesiredChangesFilter);

        await cloud.UpdateDesiredAsync(Id, new { key = "a+b/c='ä'" });
        PublishPacket announced = await device.ReceiveAsync<PublishPacket>();
        Assert.AreEqual("""{"key":"a+b/c='ä'","$version":2}""", Encoding.UTF8.GetString(announced.Payload.Span));
    }

    private static async Task<JsonNode> RequestTwinAsync(TestDevice device, string topic, string body, string answerTopic)
    {
        await device.PublishAsync("$iothub/twin/" + topic, body, MqttQualityOfService.AtMostOnce);
        PublishPacket answer = await device.ReceiveAsync<PublishPacket>();
        Assert.AreEqual(answerTopic, answer.Topic);
        return answer.Payload.Length == 0 ? new JsonObject() : JsonNode.Parse(answer.Payload.Span)!;
    }
}
