using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using Microsoft.Extensions.Time.Testing;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Service;

/// <summary>Direct methods, as a hub's back end calls them.</summary>
[TestClass]
public sealed class HubMethodApiTests
{
    private const string Path = $"twins/{Id}/methods";

    [TestMethod]
    [DataRow("""{"methodName":"blink","payload":{"times":3}}""", """{"times":3}""")]
    [DataRow("""{"methodName":"blink","payload":"text"}""", "\"text\"")]
    [DataRow("""{"methodName":"blink","payload":null}""", "null")]
    [DataRow("""{"methodName":"blink"}""", "")]
    public async Task A_method_is_called_and_its_answer_comes_back(string call, string payload)
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(MethodsFilter, MqttQualityOfService.AtMostOnce);

        Task<JsonNode> answer = new HubRest(cloud).ExpectAsync(HttpMethod.Post, Path, call);
        PublishPacket request = await device.ReceiveAsync<PublishPacket>();
        Assert.AreEqual(payload, Encoding.UTF8.GetString(request.Payload.Span));
        await device.PublishAsync($"$iothub/methods/res/201/?$rid={request.Topic.Split("$rid=")[1]}", """{"done":true}""");
        Assert.AreEqual("""{"status":201,"payload":{"done":true}}""", (await answer).ToJsonString());
    }

    [TestMethod]
    public async Task A_device_that_is_away_or_has_not_subscribed_is_not_online_and_the_message_says_which()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        var hub = new HubRest(cloud);
        JsonNode away = await ExpectNotOnlineAsync(hub);
        Assert.AreEqual(404103, (int?)away["errorCode"]);
        StringAssert.Contains((string?)away["message"], "it is not connected");

        await using TestDevice deaf = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        StringAssert.Contains((string?)(await ExpectNotOnlineAsync(hub))["message"], "has not subscribed to $iothub/methods/POST/#");
        await hub.ExpectErrorAsync(
            HttpStatusCode.NotFound, "DeviceNotFound", HttpMethod.Post, "twins/nobody/methods", """{"methodName":"blink"}""");
    }

    [TestMethod]
    public async Task A_device_that_is_to_come_is_waited_for_until_it_has_subscribed()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        Task<JsonNode> answer = new HubRest(cloud).ExpectAsync(
            HttpMethod.Post, Path, """{"methodName":"blink","connectTimeoutInSeconds":60}""");

        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.PublishAsync(EventsTopic, "not yet");
        await device.SubscribeAsync(MethodsFilter, MqttQualityOfService.AtMostOnce);
        PublishPacket request = await device.ReceiveAsync<PublishPacket>();
        await device.PublishAsync($"$iothub/methods/res/200/?$rid={request.Topic.Split("$rid=")[1]}", "");
        Assert.AreEqual("""{"status":200,"payload":null}""", (await answer).ToJsonString());
    }

    [TestMethod]
    public async Task A_device_that_does_not_answer_or_leaves_times_out()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id, clock);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(MethodsFilter, MqttQualityOfService.AtMostOnce);
        Task<string> silent = CallAsync(cloud);
        await device.ReceiveAsync<PublishPacket>();
        clock.Advance(TimeSpan.FromSeconds(30));
        StringAssert.Contains(await silent, "504101");
        StringAssert.Contains(await silent, "within 30 seconds");

        Task<string> left = CallAsync(cloud);
        await device.ReceiveAsync<PublishPacket>();
        await device.SendAsync(new DisconnectPacket());
        StringAssert.Contains(await left, "its connection ended");
    }

    [TestMethod]
    [DataRow("{}", "methodName")]
    [DataRow("""{"methodName":""}""", "0 characters")]
    [DataRow("""{"methodName":"m","responseTimeoutInSeconds":4}""", "5 to 300")]
    [DataRow("""{"methodName":"m","connectTimeoutInSeconds":301}""", "0 to 300")]
    [DataRow("""{"methodName":"m","connectTimeoutInSeconds":"1"}""", "whole seconds")]
    public async Task A_call_that_no_hub_would_make_is_refused(string call, string reason)
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        StringAssert.Contains(
            await new HubRest(cloud).ExpectErrorAsync(HttpStatusCode.BadRequest, "ArgumentInvalid", HttpMethod.Post, Path, call), reason);
    }

    private static async Task<JsonNode> ExpectNotOnlineAsync(HubRest hub) => JsonNode.Parse(await hub.ExpectErrorAsync(
        HttpStatusCode.NotFound, "DeviceNotOnline", HttpMethod.Post, Path, """{"methodName":"blink"}"""))!;

    private static Task<string> CallAsync(Cloud cloud) => new HubRest(cloud).ExpectErrorAsync(
        HttpStatusCode.GatewayTimeout, "GatewayTimeout", HttpMethod.Post, Path, """{"methodName":"blink"}""");
}
