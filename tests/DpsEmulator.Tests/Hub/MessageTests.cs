using System.Net;
using System.Net.Http.Json;
using System.Text;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Hub;

/// <summary>Messages to a device.</summary>
[TestClass]
public sealed class MessageTests
{
    [TestMethod]
    public async Task A_message_to_the_device_waits_for_it_and_comes_again_until_it_is_acknowledged()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        using HttpResponseMessage sent = await cloud.Http.PostAsJsonAsync(
            $"api/devices/{Id}/messages", new { text = "hello", properties = new { colour = "a&b" } });
        Assert.AreEqual(HttpStatusCode.Accepted, sent.StatusCode);

        await using (TestDevice forgetful = await TestDevice.ConnectHubAsync(cloud, certificate, Id))
        {
            await forgetful.SubscribeAsync(MessagesFilter);
            await forgetful.ReceiveAsync<PublishPacket>();
        }

        await using (TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id))
        {
            await device.SubscribeAsync(MessagesFilter);
            PublishPacket message = await device.ReceiveAsync<PublishPacket>();
            Assert.AreEqual("hello", Encoding.UTF8.GetString(message.Payload.Span));
            StringAssert.Contains(message.Topic, "colour=a%26b");
            StringAssert.Contains(message.Topic, "%24.to=%2Fdevices%2F" + Id);
            await device.SendAsync(new PubackPacket { PacketId = message.PacketId });
            await device.SendAsync(new PingreqPacket());
            await device.ReceiveAsync<PingrespPacket>();
        }

        await using TestDevice later = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await later.SubscribeAsync(MessagesFilter);
        using HttpResponseMessage next = await cloud.Http.PostAsJsonAsync($"api/devices/{Id}/messages", new { base64 = "AAE=" });
        CollectionAssert.AreEqual(new byte[] { 0, 1 }, (await later.ReceiveAsync<PublishPacket>()).Payload.ToArray());
    }

    [TestMethod]
    public async Task A_full_queue_takes_no_more_messages()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        for (int i = 0; i < 50; i++)
        {
            using HttpResponseMessage taken = await cloud.Http.PostAsJsonAsync($"api/devices/{Id}/messages", new { text = "x" });
            Assert.AreEqual(HttpStatusCode.Accepted, taken.StatusCode);
        }

        using HttpResponseMessage refused = await cloud.Http.PostAsJsonAsync($"api/devices/{Id}/messages", new { text = "x" });
        Assert.AreEqual(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }
}
