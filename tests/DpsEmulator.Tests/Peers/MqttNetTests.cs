using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DevKit.DpsEmulator.Tests.Support;
using MQTTnet.Protocol;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Peers;

/// <summary>The emulator against MQTTnet, from the registration to the twin: no byte of it passes our own client's codec.</summary>
[TestClass]
public sealed partial class MqttNetTests
{
    private const string DpsAnswers = "$dps/registrations/res/#";

    [TestMethod]
    public async Task MQTTnet_registers_with_a_certificate_and_reaches_the_hub()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);

        string hub = await RegisterAsync(cloud, certificate, null);

        using MqttNetDevice device = await MqttNetDevice.ConnectAsync(cloud, Id, $"{hub}/{Id}/?api-version=2021-04-12", certificate);
        await device.PublishAsync(EventsTopic, "hello");
        Assert.AreEqual("hello", (string?)(await cloud.GetAsync($"api/devices/{Id}"))["lastTelemetry"]!["text"]);
    }

    [TestMethod]
    public async Task MQTTnet_registers_with_a_SAS_token_and_reaches_the_hub()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using HttpResponseMessage enrolled = await cloud.Http.PostAsJsonAsync(
            "api/enrollments", new { registrationId = Id, attestation = "symmetricKey", primaryKey = Sas.Key });

        string hub = await RegisterAsync(cloud, null, Sas.Create($"{cloud.Host.IdScope}/registrations/{Id}", Sas.Key, "registration"));

        string token = Sas.Create($"{hub}/devices/{Id}", Sas.Key);
        using MqttNetDevice device = await MqttNetDevice.ConnectAsync(cloud, Id, $"{hub}/{Id}/?api-version=2021-04-12", null, token);
        await device.PublishAsync(EventsTopic, "hello");
        Assert.AreEqual("hello", (string?)(await cloud.GetAsync($"api/devices/{Id}"))["lastTelemetry"]!["text"]);
    }

    [TestMethod]
    public async Task MQTTnet_receives_messages_answers_a_method_and_works_with_its_twin()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        using MqttNetDevice device = await MqttNetDevice.ConnectAsync(cloud, Id, UserName, certificate);

        await device.SubscribeAsync(MessagesFilter);
        using HttpResponseMessage sent = await cloud.Http.PostAsJsonAsync(
            $"api/devices/{Id}/messages", new { text = "\u00E4", properties = new { colour = "a&b" } });
        (string topic, string payload) = await device.ReceiveAsync();
        StringAssert.StartsWith(topic, MessagesFilter[..^1]);
        StringAssert.Contains(topic, "colour=a%26b");
        Assert.AreEqual("\u00E4", payload);

        await device.SubscribeAsync(MethodsFilter, MqttQualityOfServiceLevel.AtMostOnce);
        Task<HttpResponseMessage> call = cloud.Http.PostAsJsonAsync($"api/devices/{Id}/methods/blink", new { times = 3 });
        (topic, payload) = await device.ReceiveAsync();
        StringAssert.StartsWith(topic, "$iothub/methods/POST/blink/?$rid=");
        Assert.AreEqual("""{"times":3}""", payload);
        await device.PublishAsync($"$iothub/methods/res/201/?$rid={topic.Split("$rid=")[1]}", """{"done":true}""");
        using HttpResponseMessage answer = await call;
        Assert.AreEqual("""{"status":201,"payload":{"done":true}}""", await answer.Content.ReadAsStringAsync());

        await device.SubscribeAsync(TwinAnswersFilter, MqttQualityOfServiceLevel.AtMostOnce);
        await device.SubscribeAsync(DesiredChangesFilter);
        await device.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=1", """{"fan":true}""");
        Assert.AreEqual(("$iothub/twin/res/204/?$rid=1&$version=2", ""), await device.ReceiveAsync());
        using HttpResponseMessage changed = await cloud.Http.PatchAsJsonAsync($"api/devices/{Id}/twin/desired", new { interval = 5 });
        Assert.AreEqual(
            ("$iothub/twin/PATCH/properties/desired/?$version=2", """{"interval":5,"$version":2}"""), await device.ReceiveAsync());
        await device.PublishAsync("$iothub/twin/GET/?$rid=2", "");
        Assert.AreEqual(
            ("$iothub/twin/res/200/?$rid=2", """{"desired":{"interval":5,"$version":2},"reported":{"fan":true,"$version":2}}"""),
            await device.ReceiveAsync());
    }

    /// <summary>Registers to the end; returns the hub that the device was assigned to.</summary>
    private static async Task<string> RegisterAsync(Cloud cloud, DeviceCertificate? certificate, string? token)
    {
        string userName = $"{cloud.Host.IdScope}/registrations/{Id}/api-version=2019-03-31";
        using MqttNetDevice device = await MqttNetDevice.ConnectAsync(cloud, Id, userName, certificate, token);
        await device.SubscribeAsync(DpsAnswers);
        await device.PublishAsync("$dps/registrations/PUT/iotdps-register/?$rid=1", $$"""{"registrationId":"{{Id}}"}""");
        (string topic, string payload) = await device.ReceiveAsync();
        StringAssert.Matches(topic, Assigning());
        string operation = (string)JsonNode.Parse(payload)!["operationId"]!;

        await device.PublishAsync($"$dps/registrations/GET/iotdps-get-operationstatus/?$rid=2&operationId={operation}", " ");
        (topic, payload) = await device.ReceiveAsync();
        Assert.AreEqual("$dps/registrations/res/200/?$rid=2", topic);
        JsonNode state = JsonNode.Parse(payload)!["registrationState"]!;
        Assert.AreEqual("assigned", (string?)state["status"]);
        await device.DisconnectAsync();
        return (string)state["assignedHub"]!;
    }

    [GeneratedRegex(@"^\$dps/registrations/res/202/\?\$rid=1&retry-after=\d+$")]
    private static partial Regex Assigning();
}
