using System.Net;
using System.Net.Http.Json;
using System.Text;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Hub;

/// <summary>Direct methods.</summary>
[TestClass]
public sealed class MethodTests
{
    [TestMethod]
    public async Task A_direct_method_is_called_and_answered()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(MethodsFilter, MqttQualityOfService.AtMostOnce);

        Task<HttpResponseMessage> call = cloud.InvokeMethodAsync(Id, new { times = 3 });
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
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(MethodsFilter, MqttQualityOfService.AtMostOnce);

        Task<HttpResponseMessage> call = cloud.InvokeMethodAsync(Id, 1);
        await device.ReceiveAsync<PublishPacket>();
        await device.SendAsync(new DisconnectPacket());

        using HttpResponseMessage answer = await call;
        Assert.AreEqual(HttpStatusCode.GatewayTimeout, answer.StatusCode);
    }

    [TestMethod]
    public async Task A_direct_method_of_a_device_that_is_not_there_is_not_found()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        using HttpResponseMessage offline = await cloud.InvokeMethodAsync(Id, 1);
        Assert.AreEqual(HttpStatusCode.NotFound, offline.StatusCode);

        await using TestDevice deaf = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        using HttpResponseMessage unheard = await cloud.InvokeMethodAsync(Id, 1);
        Assert.AreEqual(HttpStatusCode.NotFound, unheard.StatusCode);
    }
}
