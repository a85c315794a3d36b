using System.Net;
using System.Text;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Mqtt;

/// <summary>Sessions that outlive a connection (clean session 0), and those that do not.</summary>
[TestClass]
public sealed class SessionTests
{
    [TestMethod]
    public async Task Without_clean_session_what_was_subscribed_to_works_over_the_next_connection()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using (TestDevice first = await OpenAsync(cloud, certificate, cleanSession: false, expected: false))
        {
            await first.SubscribeAsync(MessagesFilter);
            await first.SubscribeAsync(TwinAnswersFilter, MqttQualityOfService.AtMostOnce);
            await first.SubscribeAsync(MethodsFilter);
            await first.SendAsync(new UnsubscribePacket { PacketId = 2, Filters = [MethodsFilter] });
            await first.ReceiveAsync<UnsubackPacket>();
            await first.SendAsync(new DisconnectPacket());
            await first.ExpectCloseAsync();
        }

        await SendAsync(cloud, "hello");
        await using TestDevice second = await OpenAsync(cloud, certificate, cleanSession: false, expected: true);
        PublishPacket message = await second.ReceiveAsync<PublishPacket>();
        Assert.AreEqual("hello", Encoding.UTF8.GetString(message.Payload.Span));
        Assert.AreEqual(MqttQualityOfService.AtLeastOnce, message.QualityOfService);
        await second.SendAsync(new PubackPacket { PacketId = message.PacketId });
        await second.PublishAsync("$iothub/twin/GET/?$rid=1", "", MqttQualityOfService.AtMostOnce);
        Assert.AreEqual("$iothub/twin/res/200/?$rid=1", (await second.ReceiveAsync<PublishPacket>()).Topic);
    }

    [TestMethod]
    public async Task A_session_outlives_a_connection_that_breaks_or_is_superseded()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice first = await OpenAsync(cloud, certificate, cleanSession: false, expected: false);
        await first.SubscribeAsync(MessagesFilter);

        await using TestDevice second = await OpenAsync(cloud, certificate, cleanSession: false, expected: true);
        await SendAsync(cloud, "hello");
        Assert.AreEqual("hello", Encoding.UTF8.GetString((await second.ReceiveAsync<PublishPacket>()).Payload.Span));
    }

    [TestMethod]
    public async Task A_clean_session_forgets_and_is_forgotten()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using (TestDevice kept = await OpenAsync(cloud, certificate, cleanSession: false, expected: false))
        {
            await kept.SubscribeAsync(TwinAnswersFilter);
        }

        await using (TestDevice clean = await OpenAsync(cloud, certificate, cleanSession: true, expected: false))
        {
            await clean.SubscribeAsync(MessagesFilter);
        }

        await using TestDevice last = await OpenAsync(cloud, certificate, cleanSession: false, expected: false);
        await SendAsync(cloud, "hello");
        await last.PublishAsync("$iothub/twin/GET/?$rid=1", "", MqttQualityOfService.AtMostOnce);
        await last.SendAsync(new PingreqPacket());
        await last.ReceiveAsync<PingrespPacket>();
    }

    [TestMethod]
    public async Task DPS_keeps_no_session()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        string userName = $"{cloud.Host.IdScope}/registrations/{Id}/api-version=2019-03-31";
        for (int i = 0; i < 2; i++)
        {
            await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
            Assert.IsFalse((await device.ConnectAsync(cleanSession: false, Id, userName)).SessionPresent);
            await device.SubscribeAsync(TestDevice.DpsAnswers);
            await device.SendAsync(new DisconnectPacket());
            await device.ExpectCloseAsync();
        }
    }

    [TestMethod]
    public async Task A_device_that_was_removed_and_made_again_inherits_nothing()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using (TestDevice first = await OpenAsync(cloud, certificate, cleanSession: false, expected: false))
        {
            await first.SubscribeAsync(MessagesFilter);
            using HttpResponseMessage removed = await new HubRest(cloud).SendAsync(HttpMethod.Delete, $"devices/{Id}");
            Assert.AreEqual(HttpStatusCode.NoContent, removed.StatusCode);
            await first.ExpectCloseAsync();
        }

        await using (TestDevice again = await TestDevice.OpenAsync(cloud, certificate))
        {
            await again.RegisterAsync(Id);
        }

        await using TestDevice second = await OpenAsync(cloud, certificate, cleanSession: false, expected: false);
    }

    /// <summary>A connection to the hub, accepted, and with a session kept as expected.</summary>
    private static async Task<TestDevice> OpenAsync(Cloud cloud, DeviceCertificate certificate, bool cleanSession, bool expected)
    {
        TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        ConnackPacket connack = await device.ConnectAsync(cleanSession, Id, UserName);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, connack.ReturnCode, cloud.Log);
        Assert.AreEqual(expected, connack.SessionPresent);
        return device;
    }

    private static async Task SendAsync(Cloud cloud, string text)
    {
        using HttpResponseMessage sent = await new HubRest(cloud).SendAsync(
            HttpMethod.Post, $"devices/{Id}/messages/deviceBound", $$"""{"text":"{{text}}"}""");
        Assert.AreEqual(HttpStatusCode.Created, sent.StatusCode);
    }
}
