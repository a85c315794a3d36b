using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using DevKit.DpsEmulator.Mqtt;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Mqtt;

/// <summary>Devices that do not acknowledge, or do not read, what they are sent.</summary>
[TestClass]
public sealed class AcknowledgementTests
{
    [TestMethod]
    public async Task A_device_that_asks_on_and_never_acknowledges_is_closed()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await UseUpRoomAsync(device);

        await device.PublishAsync("$iothub/twin/GET/?$rid=more", "", MqttQualityOfService.AtMostOnce);
        await device.ExpectCloseAsync();
        StringAssert.Contains(cloud.Log, $"Hub: {Id} closed: it left {MqttPeer.MaximumUnacknowledged} messages without PUBACK");
    }

    [TestMethod]
    public async Task A_message_stays_in_the_queue_until_the_device_has_acknowledged_others()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(MessagesFilter);
        ushort owed = await UseUpRoomAsync(device);

        await cloud.SendMessageAsync(Id, new { text = "hello" });
        await device.SendAsync(new PingreqPacket());
        await device.ReceiveAsync<PingrespPacket>();
        await device.SendAsync(new PubackPacket { PacketId = owed });
        Assert.AreEqual("hello", Encoding.UTF8.GetString((await device.ReceiveAsync<PublishPacket>()).Payload.Span));
    }

    [TestMethod]
    public async Task A_message_that_found_no_room_comes_over_the_next_connection()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using (TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id))
        {
            await device.SubscribeAsync(MessagesFilter);
            await UseUpRoomAsync(device);
            await cloud.SendMessageAsync(Id, new { text = "hello" });
        }

        await using TestDevice next = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await next.SubscribeAsync(MessagesFilter);
        Assert.AreEqual("hello", Encoding.UTF8.GetString((await next.ReceiveAsync<PublishPacket>()).Payload.Span));
    }

    [TestMethod]
    public async Task Calls_to_a_device_that_does_not_read_end_in_time()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SubscribeAsync(MethodsFilter, MqttQualityOfService.AtMostOnce);

        // Ten megabytes: more than what lies between two sockets.
        string payload = new('x', 125_000);
        await Task.WhenAll(Enumerable.Range(0, 80).Select(async _ =>
        {
            using HttpResponseMessage answer = await cloud.InvokeMethodAsync(Id, payload, timeout: 5);
            Assert.AreEqual(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        }));
    }

    [TestMethod]
    public async Task What_waits_for_a_device_that_does_not_read_ends_with_the_connection()
    {
        using var peer = new MqttPeer(new DuplexPipe(pauseThreshold: 1), CancellationToken.None);
        Task sending = peer.SendAsync(new PingrespPacket()).AsTask();
        Task queued = peer.SendAsync(new PingrespPacket()).AsTask();
        Assert.IsFalse(sending.IsCompleted || queued.IsCompleted, "nobody reads");

        peer.Abort("the test says so");

        await Assert.ThrowsAsync<OperationCanceledException>(() => sending);
        await Assert.ThrowsAsync<OperationCanceledException>(() => queued);
    }

    /// <summary>Asks for the twin until all the PUBACKs that may be owed are; returns the last packet identifier.</summary>
    private static async Task<ushort> UseUpRoomAsync(TestDevice device)
    {
        await device.SubscribeAsync(TwinAnswersFilter);
        ushort last = 0;
        for (int i = 0; i < MqttPeer.MaximumUnacknowledged; i++)
        {
            string requestId = i.ToString(CultureInfo.InvariantCulture);
            await device.PublishAsync($"$iothub/twin/GET/?$rid={requestId}", "", MqttQualityOfService.AtMostOnce);
            PublishPacket answer = await device.ReceiveAsync<PublishPacket>();
            Assert.AreEqual($"$iothub/twin/res/200/?$rid={requestId}", answer.Topic);
            last = answer.PacketId;
        }

        return last;
    }
}
