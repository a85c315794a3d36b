using System.Net;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using Microsoft.Extensions.Time.Testing;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Hub;

/// <summary>How long a connection to the hub lasts, and what closes it.</summary>
[TestClass]
public sealed class ConnectionTests
{
    [TestMethod]
    public async Task QoS_2_closes_the_connection()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await device.SendAsync(
            new PublishPacket { Topic = EventsTopic, QualityOfService = MqttQualityOfService.ExactlyOnce, PacketId = 1 });
        await device.ExpectCloseAsync();
        Assert.IsEmpty((await cloud.GetTelemetryAsync(Id))["messages"]!.AsArray());
    }

    [TestMethod]
    [DataRow(MessagesFilter, MqttSubscribeReturnCode.GrantedAtLeastOnce)]
    [DataRow(TwinAnswersFilter, MqttSubscribeReturnCode.GrantedAtLeastOnce)]
    [DataRow(DesiredChangesFilter, MqttSubscribeReturnCode.GrantedAtLeastOnce)]
    [DataRow(MethodsFilter, MqttSubscribeReturnCode.GrantedAtLeastOnce)]
    [DataRow("devices/somebody/messages/devicebound/#", MqttSubscribeReturnCode.Failure)]
    [DataRow("devices/+/messages/devicebound/#", MqttSubscribeReturnCode.Failure)]
    [DataRow("#", MqttSubscribeReturnCode.Failure)]
    public async Task Subscriptions_are_granted_at_most_QoS_1_and_only_to_what_is_there(string filter, MqttSubscribeReturnCode granted)
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
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
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await device.SendAsync(new PublishPacket { Topic = topic });
        await device.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task A_second_connection_closes_the_first()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice first = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await using TestDevice second = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await first.ExpectCloseAsync();
        await second.PublishAsync(EventsTopic, "still here");
        Assert.AreEqual(
            "Connected", (string?)(await cloud.GetDeviceAsync(Id))["connectionState"], "the end of the first is not the device's");
    }

    [TestMethod]
    public async Task A_silent_device_is_dropped_after_one_and_a_half_keep_alives()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id, clock);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id, keepAlive: 100);
        await device.SendAsync(new PingreqPacket());
        await device.ReceiveAsync<PingrespPacket>();

        clock.Advance(TimeSpan.FromSeconds(149));
        await device.SendAsync(new PingreqPacket());
        await device.ReceiveAsync<PingrespPacket>();
        clock.Advance(TimeSpan.FromSeconds(149));
        await device.PublishAsync(EventsTopic, "any packet will do");
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
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id, clock);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id, keepAlive: asked);
        await device.SendAsync(new PingreqPacket());
        await device.ReceiveAsync<PingrespPacket>();

        clock.Advance(TimeSpan.FromSeconds((1177 * 1.5) + 1));
        await device.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task A_removed_device_is_dropped_and_cannot_come_back()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        await cloud.RemoveDeviceAsync(Id);
        await device.ExpectCloseAsync();
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await TestDevice.TryConnectAsync(cloud, certificate, Id, UserName));
    }

    [TestMethod]
    public async Task A_second_CONNECT_closes_the_connection()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SendAsync(new ConnectPacket { ClientId = Id });
        await device.ExpectCloseAsync();
    }
}
