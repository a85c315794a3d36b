using System.Buffers;

namespace DevKit.Mqtt.Tests;

[TestClass]
public sealed class RoundTripTests
{
    [TestMethod]
    public void Every_packet_is_written_as_the_standard_draws_it()
    {
        foreach (PacketSample sample in PacketSamples.All)
        {
            Assert.AreEqual(Convert.ToHexString(sample.Bytes), Convert.ToHexString(MqttPacketWriter.ToBytes(sample.Packet)), sample.Name);
        }
    }

    [TestMethod]
    public void Every_packet_is_read_back_as_it_was()
    {
        foreach (PacketSample sample in PacketSamples.All)
        {
            var buffer = new ReadOnlySequence<byte>(sample.Bytes);
            Assert.IsTrue(new MqttPacketReader(PacketSamples.LargestPacket).TryRead(ref buffer, out MqttPacket? packet), sample.Name);
            Assert.AreEqual(0, buffer.Length, sample.Name);
            Assert.AreEqual(PacketText.Describe(sample.Packet), PacketText.Describe(packet), sample.Name);
        }
    }

    [TestMethod]
    public void The_samples_have_all_fourteen_packets() =>
        CollectionAssert.AreEquivalent(
            Enum.GetValues<MqttPacketType>(), PacketSamples.All.Select(sample => sample.Packet.Type).Distinct().ToArray());

    [TestMethod]
    public void Every_packet_is_read_alike_however_it_is_cut_in_two()
    {
        foreach (PacketSample sample in PacketSamples.Short)
        {
            byte[] bytes = sample.Bytes;
            for (int cut = 0; cut <= bytes.Length; cut++)
            {
                var reader = new MqttPacketReader();
                var front = new ReadOnlySequence<byte>(bytes, 0, cut);
                if (cut < bytes.Length)
                {
                    Assert.IsFalse(reader.TryRead(ref front, out _), $"{sample.Name} is whole after {cut} bytes");
                    Assert.AreEqual(cut, front.Length, "nothing is taken of a part");
                }

                ReadOnlySequence<byte> both = Segments.Join(bytes.AsMemory(0, cut), bytes.AsMemory(cut));
                Assert.IsTrue(reader.TryRead(ref both, out MqttPacket? packet), $"{sample.Name} cut at {cut}");
                Assert.AreEqual(PacketText.Describe(sample.Packet), PacketText.Describe(packet), $"{sample.Name} cut at {cut}");
            }
        }
    }

    [TestMethod]
    public void Packets_in_a_row_of_single_bytes_are_taken_one_by_one()
    {
        byte[] all = PacketSamples.Short.SelectMany(sample => sample.Bytes).ToArray();
        ReadOnlySequence<byte> buffer = Segments.Join(all.Select((_, i) => (ReadOnlyMemory<byte>)all.AsMemory(i, 1)).ToArray());
        var reader = new MqttPacketReader();
        foreach (PacketSample sample in PacketSamples.Short)
        {
            Assert.IsTrue(reader.TryRead(ref buffer, out MqttPacket? packet), sample.Name);
            Assert.AreEqual(PacketText.Describe(sample.Packet), PacketText.Describe(packet), sample.Name);
        }

        Assert.IsFalse(reader.TryRead(ref buffer, out _));
    }

    [TestMethod]
    [DataRow("C0 8000", MqttPacketType.Pingreq)]
    [DataRow("C0 808000", MqttPacketType.Pingreq)]
    [DataRow("40 82808000 0001", MqttPacketType.Puback)]
    public void A_remaining_length_with_needless_digits_is_read(string hex, MqttPacketType type)
    {
        // It is MQTT 5 that forbids them.
        var buffer = new ReadOnlySequence<byte>(PacketSample.Parse(hex));
        Assert.IsTrue(new MqttPacketReader().TryRead(ref buffer, out MqttPacket? packet));
        Assert.AreEqual(type, packet.Type);
        Assert.IsTrue(buffer.IsEmpty);
    }

    [TestMethod]
    public void A_remaining_length_of_more_than_four_bytes_is_not_written()
    {
        // The first payload that does not fit behind a topic of one character; it is refused before it is copied.
        var packet = new PublishPacket { Topic = "t", Payload = new byte[268_435_455 - 2] };
        var output = new ArrayBufferWriter<byte>();
        MqttProtocolException error = Assert.ThrowsExactly<MqttProtocolException>(() => MqttPacketWriter.Write(output, packet));
        StringAssert.Contains(error.Message, "268435456 bytes");
        Assert.AreEqual(0, output.WrittenCount);
    }
}
