using System.Text.Json;
using DevKit.Mqtt.Tests.Peers;

namespace DevKit.Mqtt.Tests;

/// <summary>Ours beside other people's codecs, packet by packet.</summary>
[TestClass]
public sealed class PeerTests
{
    [TestMethod]
    [DataRow(PeerNames.MqttNet)]
    [DataRow(PeerNames.MqttJs)]
    public void A_peer_decodes_every_packet_as_it_was_meant(PeerNames name)
    {
        using IPeer peer = name.Open();
        foreach (PacketSample sample in PacketSamples.All)
        {
            Assert.AreEqual(PacketText.Describe(sample.Packet), PacketText.Describe(peer.Decode(sample.Bytes)), sample.Name);
        }
    }

    [TestMethod]
    [DataRow(PeerNames.MqttNet)]
    [DataRow(PeerNames.MqttJs)]
    public void A_peer_encodes_every_packet_in_the_same_bytes(PeerNames name)
    {
        using IPeer peer = name.Open();
        foreach (PacketSample sample in PacketSamples.All)
        {
            Assert.AreEqual(Convert.ToHexString(sample.Bytes), Convert.ToHexString(peer.Encode(sample.Packet)), sample.Name);
        }
    }

    [TestMethod]
    [DataRow(PeerNames.MqttNet)]
    [DataRow(PeerNames.MqttJs)]
    public void A_peer_refuses_every_malformed_packet_but_those_that_the_table_says_it_takes(PeerNames name)
    {
        using IPeer peer = name.Open();
        foreach (MalformedPacket malformed in MalformedPackets.All)
        {
            Assert.AreEqual((malformed.TakenBy & name) != 0, IsTaken(peer, malformed.Bytes), $"{malformed.Hex}: {malformed.Reason}");
        }
    }

    private static bool IsTaken(IPeer peer, byte[] bytes)
    {
        try
        {
            peer.Decode(bytes);
            return true;
        }
        catch (JsonException)
        {
            // It decoded a packet, but one whose numbers do not fit, such as the identifier -1.
            return true;
        }
        catch (PeerRefusedException)
        {
            return false;
        }
    }
}
