using DevKit.Mqtt;
using DevKit.Support.Servers;
using nanoFramework.M2Mqtt.Messages;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>What the client makes of what the server sends, be it MQTT or not.</summary>
[TestClass]
public sealed class ReceiveTests
{
    [TestMethod]
    public async Task A_message_is_acknowledged_and_raised_on_a_thread_of_the_clients()
    {
        using var rig = new ClientRig();
        int receivingThread = 0;
        rig.Client.ConnectionOpened += (_, _) => receivingThread = Environment.CurrentManagedThreadId;
        await rig.ConnectAsync();
        var received = new TaskCompletionSource<(MqttMsgPublishEventArgs Message, int Thread)>();
        rig.Client.MqttMsgPublishReceived += (_, message) => received.SetResult((message, Environment.CurrentManagedThreadId));

        await rig.Server.SendAsync(new PublishPacket
        {
            Topic = "a/b",
            Payload = new byte[] { 1, 2 },
            QualityOfService = MqttQualityOfService.AtLeastOnce,
            PacketId = 77,
            Retain = true,
        });

        Assert.AreEqual(77, (await rig.Server.ReceiveAsync<PubackPacket>()).PacketId);
        (MqttMsgPublishEventArgs message, int thread) = await received.Task.WaitAsync(ScriptedServer.Patience);
        Assert.AreEqual("a/b", message.Topic);
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, message.Message);
        Assert.AreEqual(MqttQoSLevel.AtLeastOnce, message.QosLevel);
        Assert.IsTrue(message.Retain);
        Assert.IsFalse(message.DupFlag);
        Assert.AreNotEqual(receivingThread, thread);
    }

    [TestMethod]
    public async Task QoS_2_comes_in_once_however_often_it_is_repeated_and_not_before_PUBREL()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        var topics = new List<string>();
        rig.Client.MqttMsgPublishReceived += (_, message) => topics.Add(message.Topic);

        foreach (bool repeated in new[] { false, true })
        {
            await rig.Server.SendAsync(new PublishPacket
            {
                Topic = "once",
                QualityOfService = MqttQualityOfService.ExactlyOnce,
                PacketId = 5,
                Duplicate = repeated,
            });
            Assert.AreEqual(5, (await rig.Server.ReceiveAsync<PubrecPacket>()).PacketId);

            // Only when the sender has gone on, the message is in the queue again, and a repetition found there.
            await rig.PublishAcknowledgedAsync("between");
        }

        Assert.IsEmpty(topics);
        await rig.Server.SendAsync(new PubrelPacket { PacketId = 5 });
        Assert.AreEqual(5, (await rig.Server.ReceiveAsync<PubcompPacket>()).PacketId);
        await rig.PublishAcknowledgedAsync("behind");
        CollectionAssert.AreEqual(new[] { "once" }, topics);
    }

    [TestMethod]
    public async Task PUBREL_of_a_message_that_is_not_known_is_answered()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        await rig.Server.SendAsync(new PubrelPacket { PacketId = 9 });
        Assert.AreEqual(9, (await rig.Server.ReceiveAsync<PubcompPacket>()).PacketId);
    }

    [TestMethod]
    [DataRow("C000", DisplayName = "PINGREQ")]
    [DataRow("E000", DisplayName = "DISCONNECT")]
    [DataRow("F000", DisplayName = "a type that is none")]
    [DataRow("3606000161000101", DisplayName = "PUBLISH with QoS 3")]
    [DataRow("30020005", DisplayName = "PUBLISH with a topic longer than itself")]
    [DataRow("90020001", DisplayName = "SUBACK without codes")]
    [DataRow("400100", DisplayName = "PUBACK with half an identifier")]
    [DataRow("40021234", DisplayName = "PUBACK of nothing that was published")]
    public async Task What_breaks_the_protocol_does_not_end_the_connection(string bytes)
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        var received = new TaskCompletionSource<string>();
        rig.Client.MqttMsgPublishReceived += (_, message) => received.SetResult(message.Topic);

        await rig.Server.SendBytesAsync(bytes);
        await rig.Server.SendAsync(new PublishPacket { Topic = "behind it" });
        Assert.AreEqual("behind it", await received.Task.WaitAsync(ScriptedServer.Patience));
        await rig.PublishAcknowledgedAsync("and back");
        Assert.IsTrue(rig.Client.IsConnected);
    }

    [TestMethod]
    [DataRow("21020000", DisplayName = "CONNACK")]
    [DataRow("41020001", DisplayName = "PUBACK")]
    [DataRow("60020001", DisplayName = "PUBREL")]
    [DataRow("D100", DisplayName = "PINGRESP")]
    public async Task Wrong_flags_end_the_connection(string bytes)
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        await rig.Server.SendBytesAsync(bytes);
        await rig.Closed;
        await rig.Server.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task A_message_that_is_cut_off_by_the_end_of_the_connection_is_not_raised()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        bool isRaised = false;
        rig.Client.MqttMsgPublishReceived += (_, _) => isRaised = true;
        await rig.Server.SendBytesAsync("30080001612062");
        rig.Server.CloseConnection();
        await rig.Closed;
        Assert.IsFalse(isRaised);
    }
}
