using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Dps;

/// <summary>Connections to DPS: who may open one, and what goes over it.</summary>
[TestClass]
public sealed class ConnectionTests
{
    [TestMethod]
    public async Task A_wrong_ID_scope_is_refused_as_Azure_does_with_CONNACK_3()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);

        Assert.AreEqual(MqttConnectReturnCode.ServerUnavailable, await device.ConnectDpsAsync(Id, idScope: "0ne00000000"));
        await device.ExpectCloseAsync();
        StringAssert.Contains(cloud.Log, cloud.Host.IdScope);
    }

    [TestMethod]
    public async Task A_device_without_a_certificate_is_not_authorized()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);

        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await device.ConnectDpsAsync(Id));
        await device.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task A_client_ID_that_is_not_the_registration_ID_is_not_authorized()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);

        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await device.ConnectDpsAsync(Id, clientId: "somebody"));
    }

    [TestMethod]
    public async Task Answers_come_with_the_QoS_that_was_subscribed_to()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        await device.ConnectDpsAsync(Id);
        Assert.AreEqual(
            MqttSubscribeReturnCode.GrantedAtMostOnce, await device.SubscribeAsync(TestDevice.DpsAnswers, MqttQualityOfService.AtMostOnce));

        await device.SendAsync(new PublishPacket
        {
            Topic = "$dps/registrations/PUT/iotdps-register/?$rid=a%20b",
            Payload = "{}"u8.ToArray(),
        });
        PublishPacket answer = await device.ReceiveAsync<PublishPacket>();
        Assert.AreEqual(MqttQualityOfService.AtMostOnce, answer.QualityOfService);
        Assert.AreEqual("$dps/registrations/res/400/?$rid=a%20b", answer.Topic);
    }

    [TestMethod]
    [DataRow("$dps/registrations/POST/iotdps-register/?$rid=1")]
    [DataRow("$dps/registrations/PUT/iotdps-register/?rid=1")]
    [DataRow("devices/az-c89346854138v1v4v1/messages/events/")]
    public async Task An_unknown_topic_closes_the_connection(string topic)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        await device.ConnectDpsAsync(Id);

        await device.SendAsync(new PublishPacket { Topic = topic });
        await device.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task Only_the_answers_can_be_subscribed_to()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        await device.ConnectDpsAsync(Id);

        Assert.AreEqual(MqttSubscribeReturnCode.Failure, await device.SubscribeAsync("#"));
        Assert.AreEqual(
            MqttSubscribeReturnCode.GrantedAtLeastOnce,
            await device.SubscribeAsync(TestDevice.DpsAnswers, MqttQualityOfService.ExactlyOnce));
    }
}
