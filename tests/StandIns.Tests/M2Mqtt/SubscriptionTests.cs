using System.Text;
using DevKit.Mqtt;
using DevKit.Support.Servers;
using nanoFramework.M2Mqtt.Messages;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>Subscriptions, those that no server would take among them.</summary>
[TestClass]
public sealed class SubscriptionTests
{
    [TestMethod]
    public async Task Subscriptions_are_answered_by_events_and_a_refused_one_by_0x80()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        var subscribed = new TaskCompletionSource<MqttMsgSubscribedEventArgs>();
        var unsubscribed = new TaskCompletionSource<MqttMsgUnsubscribedEventArgs>();
        rig.Client.MqttMsgSubscribed += (_, e) => subscribed.SetResult(e);
        rig.Client.MqttMsgUnsubscribed += (_, e) => unsubscribed.SetResult(e);

        ushort first = rig.Client.Subscribe(["a/#", "b"], [MqttQoSLevel.AtLeastOnce, MqttQoSLevel.AtMostOnce]);
        SubscribePacket subscribe = await rig.Server.ReceiveAsync<SubscribePacket>();
        Assert.AreEqual(first, subscribe.PacketId);
        Assert.AreEqual(new MqttSubscription("a/#", MqttQualityOfService.AtLeastOnce), subscribe.Subscriptions[0]);
        Assert.AreEqual(new MqttSubscription("b", MqttQualityOfService.AtMostOnce), subscribe.Subscriptions[1]);
        await rig.Server.SendAsync(new SubackPacket
        {
            PacketId = first,
            ReturnCodes = [MqttSubscribeReturnCode.GrantedAtLeastOnce, MqttSubscribeReturnCode.Failure],
        });
        MqttMsgSubscribedEventArgs granted = await subscribed.Task.WaitAsync(ScriptedServer.Patience);
        Assert.AreEqual(first, granted.MessageId);
        CollectionAssert.AreEqual(new[] { MqttQoSLevel.AtLeastOnce, MqttQoSLevel.GrantedFailure }, granted.GrantedQoSLevels);

        ushort second = rig.Client.Unsubscribe(["b"]);
        Assert.AreEqual("b", (await rig.Server.ReceiveAsync<UnsubscribePacket>()).Filters.Single());
        await rig.Server.SendAsync(new UnsubackPacket { PacketId = second });
        Assert.AreEqual(second, (await unsubscribed.Task.WaitAsync(ScriptedServer.Patience)).MessageId);
    }

    [TestMethod]
    public async Task Subscribe_sends_a_filter_and_a_QoS_that_are_none()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        rig.Client.Subscribe(["a/#/b"], [(MqttQoSLevel)3]);
        string filter = Convert.ToHexString(Encoding.UTF8.GetBytes("a/#/b"));
        Assert.AreEqual("820A00010005" + filter + "03", await rig.Server.ReceiveBytesAsync(12));
    }

    [TestMethod]
    [DataRow(new string[0], new[] { MqttQoSLevel.AtMostOnce })]
    [DataRow(new[] { "a" }, new MqttQoSLevel[0])]
    [DataRow(new[] { "a", "b" }, new[] { MqttQoSLevel.AtMostOnce })]
    [DataRow(new[] { "" }, new[] { MqttQoSLevel.AtMostOnce })]
    [DataRow(null, null)]
    public async Task Lists_that_cannot_be_sent_are_not_refused_and_end_the_connection_silently(string[]? topics, MqttQoSLevel[]? qosLevels)
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        Assert.AreEqual(1, rig.Client.Subscribe(topics, qosLevels));
        await rig.Closed;
        await rig.Server.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task An_empty_list_to_unsubscribe_is_not_refused_and_ends_the_connection_silently()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        Assert.AreEqual(1, rig.Client.Unsubscribe([]));
        await rig.Closed;
    }

    [TestMethod]
    public async Task A_subscription_without_an_answer_is_sent_three_times_and_nothing_is_said()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        bool isSaid = false;
        rig.Client.MqttMsgSubscribed += (_, _) => isSaid = true;
        rig.Client.MqttMsgPublished += (_, e) => isSaid |= !e.IsPublished;
        ushort id = rig.Client.Subscribe(["a"], [MqttQoSLevel.AtMostOnce]);
        for (int i = 0; i < 3; i++)
        {
            Assert.AreEqual(id, (await rig.Server.ReceiveAsync<SubscribePacket>()).PacketId);
        }

        // Two messages that are given up, for as long as the subscription would be waited for.
        foreach (string topic in new[] { "b", "c" })
        {
            rig.Publish(topic);
            Assert.AreEqual(topic, (await rig.Server.ReceiveAsync<PublishPacket>()).Topic);
            PublishPacket repeated = await rig.Server.ReceiveAsync<PublishPacket>();
            await rig.Server.SendAsync(new PubackPacket { PacketId = repeated.PacketId });
        }

        await rig.PublishAcknowledgedAsync("d");
        Assert.IsFalse(isSaid);
        Assert.IsTrue(rig.Client.IsConnected);
    }
}
