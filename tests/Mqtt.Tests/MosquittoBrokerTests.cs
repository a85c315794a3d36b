using DevKit.Mqtt.Tests.Peers;
using DevKit.Support.Peers;

namespace DevKit.Mqtt.Tests;

/// <summary>Our packets at a Mosquitto broker, and the broker's at our reader.</summary>
[TestClass]
public sealed class MosquittoBrokerTests
{
    [TestMethod]
    public async Task Every_CONNECT_is_let_in()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        foreach (PacketSample sample in PacketSamples.All.Where(sample => sample.Packet is ConnectPacket))
        {
            using MqttConnection client = await MqttConnection.ConnectAsync(broker.Port);
            await client.OpenSessionAsync((ConnectPacket)sample.Packet);
            await client.AskAsync<PingrespPacket>(new PingreqPacket());
            await client.SendAsync(new DisconnectPacket());
            Assert.IsNull(await client.ReceiveAsync(), sample.Name);
        }
    }

    [TestMethod]
    public async Task Every_will_is_published_as_it_was_left()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        using MqttConnection heir = await MqttConnection.ConnectAsync(broker.Port);
        await heir.OpenSessionAsync();
        await SubscribeToAllAsync(heir);
        foreach (ConnectPacket packet in PacketSamples.All.Select(sample => sample.Packet).OfType<ConnectPacket>())
        {
            if (packet.Will is { } will)
            {
                using (MqttConnection client = await MqttConnection.ConnectAsync(broker.Port))
                {
                    await client.OpenSessionAsync(packet);
                }

                PublishPacket message = await heir.ReceiveMessageAsync();
                Assert.AreEqual(will.Topic, message.Topic);
                Assert.AreEqual(will.QualityOfService, message.QualityOfService);
                Assert.AreEqual(Convert.ToHexString(will.Message.Span), Convert.ToHexString(message.Payload.Span));
            }
        }
    }

    [TestMethod]
    public async Task Every_message_reaches_Mosquittos_client()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        using MqttConnection client = await MqttConnection.ConnectAsync(broker.Port);
        await client.OpenSessionAsync();
        var expected = new List<string>();
        foreach (PublishPacket packet in Messages())
        {
            await client.PublishAsync(packet);
            expected.Add(MosquittoLines.Line(packet));
        }

        // The broker has kept them all, so that it does not matter when the other client comes.
        await client.AskAsync<PingrespPacket>(new PingreqPacket());
        string output = await broker.RunClientAsync(
            "mosquitto_sub", [], ["-t", "#", "-q", "2", "-C", $"{expected.Count}", .. MosquittoLines.Format]);
        CollectionAssert.AreEquivalent(expected, output.TrimEnd('\n').Split('\n'));
    }

    [TestMethod]
    public async Task Every_message_comes_back_as_it_was_sent()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        using MqttConnection client = await MqttConnection.ConnectAsync(broker.Port);
        using MqttConnection subscriber = await MqttConnection.ConnectAsync(broker.Port);
        await client.OpenSessionAsync();
        await subscriber.OpenSessionAsync();
        await SubscribeToAllAsync(subscriber);
        foreach (PublishPacket packet in Messages())
        {
            await client.PublishAsync(packet);
            PublishPacket message = await subscriber.ReceiveMessageAsync();
            Assert.AreEqual(packet.Topic, message.Topic);
            Assert.AreEqual(packet.QualityOfService, message.QualityOfService);
            Assert.AreEqual(Convert.ToHexString(packet.Payload.Span), Convert.ToHexString(message.Payload.Span));
        }
    }

    [TestMethod]
    [DataRow("0")]
    [DataRow("1")]
    [DataRow("2")]
    public async Task Ours_reads_what_Mosquittos_client_publishes(string qualityOfService)
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        using MqttConnection subscriber = await MqttConnection.ConnectAsync(broker.Port);
        await subscriber.OpenSessionAsync();
        await SubscribeToAllAsync(subscriber);
        byte[] payload = [.. Enumerable.Range(0, 20_000).Select(i => (byte)i)];
        await broker.RunClientAsync("mosquitto_pub", payload, "-t", "é/\U0001F600", "-q", qualityOfService, "-s");
        PublishPacket message = await subscriber.ReceiveMessageAsync();
        Assert.AreEqual("é/\U0001F600", message.Topic);
        Assert.AreEqual(qualityOfService, $"{(int)message.QualityOfService}");
        CollectionAssert.AreEqual(payload, message.Payload.ToArray());
    }

    [TestMethod]
    public async Task Subscriptions_are_granted_and_ended()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        using MqttConnection client = await MqttConnection.ConnectAsync(broker.Port);
        await client.OpenSessionAsync();
        foreach (PacketSample sample in PacketSamples.All)
        {
            if (sample.Packet is SubscribePacket subscribe)
            {
                SubackPacket answer = await client.AskAsync<SubackPacket>(subscribe);
                Assert.AreEqual(subscribe.PacketId, answer.PacketId, sample.Name);
                CollectionAssert.AreEqual(
                    subscribe.Subscriptions.Select(subscription => (int)subscription.QualityOfService).ToArray(),
                    answer.ReturnCodes.Select(code => (int)code).ToArray(),
                    sample.Name);
            }
            else if (sample.Packet is UnsubscribePacket unsubscribe)
            {
                Assert.AreEqual(unsubscribe.PacketId, (await client.AskAsync<UnsubackPacket>(unsubscribe)).PacketId, sample.Name);
            }
        }
    }

    [TestMethod]
    public async Task Malformed_packets_are_refused_but_for_those_that_the_table_names()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        foreach (MalformedPacket malformed in MalformedPackets.All.Where(malformed => malformed.IsForBroker))
        {
            using MqttConnection client = await MqttConnection.ConnectAsync(broker.Port);
            if (malformed.Type != MqttPacketType.Connect)
            {
                await client.OpenSessionAsync();
            }

            // Which Mosquitto is installed is not ours to say: a later one may be stricter than the table, but none is laxer.
            bool taken = await client.IsTakenAsync(malformed.Bytes);
            Assert.IsFalse(taken && (malformed.TakenBy & PeerNames.Mosquitto) == 0, $"{malformed.Hex}: {malformed.Reason}");
        }
    }

    /// <summary>Retained messages, each on a topic of its own, with every QoS in turn.</summary>
    private static IEnumerable<PublishPacket> Messages() => PacketSamples.All
        .Where(sample => (sample.MayBeRefusedBy & PeerNames.Mosquitto) == 0)
        .Select(sample => sample.Packet).OfType<PublishPacket>()
        .Select((packet, i) => new PublishPacket
        {
            Topic = packet.Topic is "t" or "a" ? $"{packet.Topic}/{i}" : packet.Topic,
            Payload = packet.Payload.IsEmpty ? new byte[] { 0, 0xFF } : packet.Payload,
            QualityOfService = (MqttQualityOfService)(i % 3),
            PacketId = i % 3 == 0 ? (ushort)0 : (ushort)(i + 1),
            Retain = true,
        });

    private static async Task SubscribeToAllAsync(MqttConnection client) => await client.AskAsync<SubackPacket>(
        new SubscribePacket { PacketId = 1, Subscriptions = [new("#", MqttQualityOfService.ExactlyOnce)] });
}
