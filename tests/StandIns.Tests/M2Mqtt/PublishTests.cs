using DevKit.Mqtt;
using DevKit.Support.Servers;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>What becomes of a message that the program publishes.</summary>
[TestClass]
public sealed class PublishTests
{
    [TestMethod]
    public async Task A_message_is_sent_three_times_before_it_counts_as_not_published()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        MqttMsgPublishedEventArgs outcome = await GiveUpAsync(rig);
        Assert.AreEqual(1, outcome.MessageId);
        Assert.IsFalse(outcome.IsPublished);
    }

    [TestMethod]
    public async Task An_acknowledgement_that_comes_after_the_message_was_given_up_is_dropped()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        MqttMsgPublishedEventArgs outcome = await GiveUpAsync(rig);
        var events = new List<(ushort Id, bool IsPublished)>();
        rig.Client.MqttMsgPublished += (_, e) => events.Add((e.MessageId, e.IsPublished));

        await rig.Server.SendAsync(new PubackPacket { PacketId = outcome.MessageId });
        ushort next = rig.Publish("next");
        await rig.Server.ReceiveAsync<PublishPacket>();
        await rig.Server.SendAsync(new PubackPacket { PacketId = next });
        await rig.PublishAcknowledgedAsync("last");
        rig.Client.Dispose();
        CollectionAssert.AreEqual(new[] { (next, true), ((ushort)(next + 1), true) }, events);
    }

    [TestMethod]
    public async Task An_acknowledgement_of_the_repetition_counts_once()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        var events = new List<(ushort Id, bool IsPublished)>();
        rig.Client.MqttMsgPublished += (_, e) => events.Add((e.MessageId, e.IsPublished));

        ushort first = rig.Publish("a");
        Assert.IsFalse((await rig.Server.ReceiveAsync<PublishPacket>()).Duplicate);
        Assert.IsTrue((await rig.Server.ReceiveAsync<PublishPacket>()).Duplicate);
        await rig.Server.SendAsync(new PubackPacket { PacketId = first });
        await rig.Server.SendAsync(new PubackPacket { PacketId = first });
        await rig.PublishAcknowledgedAsync("last");
        rig.Client.Dispose();
        CollectionAssert.AreEqual(new[] { (first, true), ((ushort)(first + 1), true) }, events);
    }

    [TestMethod]
    public async Task QoS_2_goes_out_in_its_four_steps()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        var published = new TaskCompletionSource<MqttMsgPublishedEventArgs>();
        rig.Client.MqttMsgPublished += (_, e) => published.SetResult(e);

        ushort id = rig.Client.Publish("a", [1], null, null, MqttQoSLevel.ExactlyOnce, false);

        Assert.AreEqual(id, (await rig.Server.ReceiveAsync<PublishPacket>()).PacketId);
        await rig.SettleAsync();
        await rig.Server.SendAsync(new PubrecPacket { PacketId = id });
        await ReceivePubrelAsync(rig, id);
        await rig.SettleAsync();
        await rig.Server.SendAsync(new PubcompPacket { PacketId = id });

        Assert.IsTrue((await published.Task.WaitAsync(ScriptedServer.Patience)).IsPublished);
    }

    [TestMethod]
    public async Task PUBREL_is_sent_three_times_before_the_message_counts_as_not_published()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        var published = new TaskCompletionSource<MqttMsgPublishedEventArgs>();
        rig.Client.MqttMsgPublished += (_, e) => published.SetResult(e);

        ushort id = rig.Client.Publish("a", [1], null, null, MqttQoSLevel.ExactlyOnce, false);
        await rig.Server.ReceiveAsync<PublishPacket>();
        await rig.SettleAsync();
        await rig.Server.SendAsync(new PubrecPacket { PacketId = id });
        for (int i = 0; i < 3; i++)
        {
            await ReceivePubrelAsync(rig, id);
        }

        Assert.IsFalse((await published.Task.WaitAsync(ScriptedServer.Patience)).IsPublished);
    }

    [TestMethod]
    public async Task A_message_without_a_payload_has_none()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        rig.Client.Publish("a", null);
        Assert.IsTrue((await rig.Server.ReceiveAsync<PublishPacket>()).Payload.IsEmpty);
    }

    [TestMethod]
    public async Task What_is_published_before_Connect_is_sent_after_it_as_it_is_then()
    {
        using var rig = new ClientRig();
        byte[] payload = [1];
        rig.Client.Publish("early", payload);
        payload[0] = 2;
        await rig.ConnectAsync();
        PublishPacket packet = await rig.Server.ReceiveAsync<PublishPacket>();
        Assert.AreEqual("early", packet.Topic);
        Assert.AreEqual(2, packet.Payload.Span[0]);
    }

    [TestMethod]
    public async Task What_was_in_flight_when_the_connection_ended_is_lost_though_the_session_is_kept()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync(cleanSession: false);
        rig.Publish("lost");
        Assert.AreEqual("lost", (await rig.Server.ReceiveAsync<PublishPacket>()).Topic);
        rig.Server.CloseConnection();
        await rig.Closed;

        using var opened = new CountdownEvent(2);
        rig.Client.ConnectionOpened += (_, _) => opened.Signal();
        rig.Network.Opened = connection => connection.Writes.Reset();
        Task<MqttReasonCode> connecting = rig.ConnectingAsync(cleanSession: false);
        await rig.Server.AcceptAsync();
        await rig.Server.SendAsync(new ConnackPacket());
        Assert.IsTrue(opened.Wait(ScriptedServer.Patience));
        rig.Connection.Writes.Set();
        Assert.AreEqual(MqttReasonCode.Success, await connecting);
        await rig.PublishAcknowledgedAsync("next");
    }

    [TestMethod]
    [DataRow("a/#", MqttQoSLevel.AtMostOnce)]
    [DataRow("a/+", MqttQoSLevel.AtLeastOnce)]
    [DataRow("", MqttQoSLevel.AtMostOnce)]
    [DataRow(null, MqttQoSLevel.AtMostOnce)]
    [DataRow("a", MqttQoSLevel.GrantedFailure)]
    public async Task What_cannot_be_sent_is_not_refused_and_ends_the_connection_silently(string? topic, MqttQoSLevel qosLevel)
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        rig.Client.Publish(topic, [], null, null, qosLevel, false);
        await rig.Closed;
        await rig.Server.ExpectCloseAsync();
    }

    [TestMethod]
    public void A_full_queue_takes_no_more_messages_and_swallows_subscriptions()
    {
        using var rig = new ClientRig();
        rig.Client.Settings.InflightQueueSize = 1;
        try
        {
            rig.Client.Publish("a", []);
            Assert.AreEqual(
                MqttClientErrorCode.InflightQueueFull,
                Assert.ThrowsExactly<MqttClientException>(() => rig.Client.Publish("b", [])).ErrorCode);
            Assert.AreEqual(3, rig.Client.Subscribe(["c"], [MqttQoSLevel.AtMostOnce]));
        }
        finally
        {
            rig.Client.Settings.InflightQueueSize = MqttSettings.DefaultInflightQueueSize;
        }
    }

    [TestMethod]
    public void A_content_type_is_MQTT_5s_and_costs_an_identifier()
    {
        using var rig = new ClientRig();
        Assert.ThrowsExactly<NotSupportedException>(() => rig.Client.Publish("a", [], "text/plain"));
        Assert.AreEqual(2, rig.Client.Publish("a", []));
    }

    /// <summary>Publishes a message that the server does not answer, to the end.</summary>
    private static async Task<MqttMsgPublishedEventArgs> GiveUpAsync(ClientRig rig)
    {
        var published = new TaskCompletionSource<MqttMsgPublishedEventArgs>();
        rig.Client.MqttMsgPublished += OnPublished;
        ushort id = rig.Publish("a");
        foreach (bool repeated in new[] { false, true, true })
        {
            PublishPacket packet = await rig.Server.ReceiveAsync<PublishPacket>();
            Assert.AreEqual(id, packet.PacketId);
            Assert.AreEqual(repeated, packet.Duplicate);
        }

        MqttMsgPublishedEventArgs outcome = await published.Task.WaitAsync(ScriptedServer.Patience);
        rig.Client.MqttMsgPublished -= OnPublished;
        return outcome;

        void OnPublished(object sender, MqttMsgPublishedEventArgs e) => published.TrySetResult(e);
    }

    /// <summary>Receives PUBREL; a PUBLISH before it is a repetition that crossed PUBREC.</summary>
    private static async Task ReceivePubrelAsync(ClientRig rig, ushort id)
    {
        MqttPacket packet;
        do
        {
            packet = await rig.Server.ReceiveAsync<MqttPacket>();
        }
        while (packet is PublishPacket);

        Assert.AreEqual(id, ((PubrelPacket)packet).PacketId);
    }
}
