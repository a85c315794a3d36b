using System.Buffers;
using DevKit.Mqtt.Tests.Peers;

namespace DevKit.Mqtt.Tests.Fuzz;

/// <summary>Ours beside other people's codecs, on packets that nobody chose.</summary>
[TestClass]
public sealed class PeerFuzzTests
{
    [TestMethod]
    [DataRow(PeerNames.MqttNet)]
    [DataRow(PeerNames.MqttJs)]
    public void Packets_are_encoded_in_the_peers_bytes_and_decoded_by_it_alike(PeerNames name)
    {
        using IPeer peer = name.Open();
        ForAll.Check(Generated.Packets, 5_000, given =>
        {
            byte[] bytes = MqttPacketWriter.ToBytes(given.Packet);
            Assert.AreEqual(Convert.ToHexString(peer.Encode(given.Packet)), Convert.ToHexString(bytes));
            Assert.AreEqual(given.ToString(), PacketText.Describe(peer.Decode(bytes)));
        });
    }

    [TestMethod]
    [DataRow(PeerNames.MqttNet)]
    [DataRow(PeerNames.MqttJs)]
    public void What_ours_takes_of_changed_packets_the_peer_decodes_alike(PeerNames name)
    {
        using IPeer peer = name.Open();
        int packets = 0;
        ForAll.Check(Generated.ChangedPackets, 20_000, given =>
        {
            // MQTTnet does not read a remaining length that is longer than it must be, which MQTT 3.1.1 does not forbid.
            if (Read(given.Bytes) is { } packet
                && (name != PeerNames.MqttNet || MqttPacketWriter.ToBytes(packet).Length == given.Bytes.Length))
            {
                packets++;
                Assert.AreEqual(PacketText.Describe(packet), PacketText.Describe(peer.Decode(given.Bytes)));
            }
        });
        Assert.IsGreaterThan(1000, packets, "most of the values test nothing");
    }

    /// <summary>The packet that all the bytes are, or null.</summary>
    private static MqttPacket? Read(byte[] bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        try
        {
            return new MqttPacketReader().TryRead(ref buffer, out MqttPacket? packet) && buffer.IsEmpty ? packet : null;
        }
        catch (MqttProtocolException)
        {
            return null;
        }
    }
}
