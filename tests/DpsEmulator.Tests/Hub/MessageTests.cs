using System.Net;
using System.Net.Http.Json;
using System.Text;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using Microsoft.Extensions.Time.Testing;
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
        await cloud.SendMessageAsync(Id, new { text = "hello", properties = new { colour = "a&b" } });

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
        await cloud.SendMessageAsync(Id, new { base64 = "AAE=" });
        CollectionAssert.AreEqual(new byte[] { 0, 1 }, (await later.ReceiveAsync<PublishPacket>()).Payload.ToArray());
    }

    [TestMethod]
    public async Task A_message_that_is_not_acknowledged_within_a_minute_comes_again()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id, clock);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(MessagesFilter);
        await cloud.SendMessageAsync(Id, new { text = "hello" });
        PublishPacket first = await device.ReceiveAsync<PublishPacket>();

        clock.Advance(TimeSpan.FromMinutes(1));
        PublishPacket second = await device.ReceiveAsync<PublishPacket>();
        Assert.AreEqual(first.Topic, second.Topic);
        await device.SendAsync(new PubackPacket { PacketId = second.PacketId });
        await device.SendAsync(new PingreqPacket());
        await device.ReceiveAsync<PingrespPacket>();
        clock.Advance(TimeSpan.FromMinutes(1));
        await device.SendAsync(new PingreqPacket());
        await device.ReceiveAsync<PingrespPacket>();
        Assert.AreEqual(0, (int?)(await new HubRest(cloud).GetAsync("devices/" + Id))["cloudToDeviceMessageCount"]);
    }

    [TestMethod]
    public async Task A_full_queue_takes_no_more_messages()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        for (int i = 0; i < 50; i++)
        {
            await cloud.SendMessageAsync(Id, new { text = "x" });
        }

        await cloud.RefuseMessageAsync(Id, """{"text":"x"}""", HttpStatusCode.Forbidden, "DeviceMaximumQueueDepthExceeded");
    }
}
