using System.Buffers;
using FsCheck;
using FsCheck.Fluent;

namespace DevKit.Mqtt.Tests.Fuzz;

/// <summary>What holds for every packet and for every sequence of bytes.</summary>
[TestClass]
public sealed class FuzzTests
{
    [TestMethod]
    public void Packets_are_read_back_as_they_were_written_however_they_are_cut() =>
        ForAll.Check(
            Arb.Zip(
                Generated.Packets.Generator.NonEmptyListOf().ScaleSize(size => size / 10).ToArbitrary(),
                Gen.Choose(1, 200).ListOf().ToArbitrary()),
            5_000,
            given =>
            {
                (List<GeneratedPacket> packets, List<int> cuts) = given;
                byte[] bytes = [.. packets.SelectMany(packet => MqttPacketWriter.ToBytes(packet.Packet))];
                ReadOnlySequence<byte> buffer = Segments.Cut(bytes, cuts);
                var reader = new MqttPacketReader();
                foreach (GeneratedPacket packet in packets)
                {
                    Assert.IsTrue(reader.TryRead(ref buffer, out MqttPacket? read));
                    Assert.AreEqual(packet.ToString(), PacketText.Describe(read));
                }

                Assert.AreEqual(0, buffer.Length);
            });

    [TestMethod]
    public void A_part_of_a_packet_waits_for_the_rest() =>
        ForAll.Check(Arb.Zip(Generated.Packets, Gen.Choose(0, 1_000_000).ToArbitrary()), 10_000, given =>
        {
            byte[] bytes = MqttPacketWriter.ToBytes(given.Item1.Packet);
            var part = new ReadOnlySequence<byte>(bytes, 0, given.Item2 % bytes.Length);
            long length = part.Length;
            Assert.IsFalse(new MqttPacketReader().TryRead(ref part, out _));
            Assert.AreEqual(length, part.Length, "bytes were taken");
        });

    [TestMethod]
    public void Any_bytes_are_a_packet_a_part_of_one_or_a_violation() => CheckOutcomes(Generated.AnyBytes);

    [TestMethod]
    public void Changed_packets_are_a_packet_a_part_of_one_or_a_violation() => CheckOutcomes(Generated.ChangedPackets);

    [TestMethod]
    public void A_length_that_is_claimed_reserves_nothing() =>
        ForAll.Check(
            Generated.Claims,
            10_000,
            given => Assert.AreEqual(0, TryRead(given.Bytes, new MqttPacketReader(268_435_460), out _)));

    /// <summary>What is read is written in the same bytes again, and nothing but a protocol exception ever comes of it.</summary>
    private static void CheckOutcomes(Arbitrary<GeneratedBytes> values)
    {
        int packets = 0;
        int refusals = 0;
        int parts = 0;
        ForAll.Check(values, 30_000, given =>
        {
            switch (TryRead(given.Bytes, new MqttPacketReader(), out MqttPacket? packet))
            {
                case null:
                    refusals++;
                    break;
                case 0:
                    parts++;
                    break;
                case int length:
                    packets++;
                    CheckWrittenAgain(packet!, given.Bytes[..length]);
                    break;
            }
        });
        Assert.IsGreaterThan(1000, packets, "most of the values test nothing");
        Assert.IsGreaterThan(1000, refusals);
        Assert.IsGreaterThan(1000, parts);
    }

    private static void CheckWrittenAgain(MqttPacket packet, byte[] bytes)
    {
        byte[] again = MqttPacketWriter.ToBytes(packet);
        Assert.AreEqual(bytes[0], again[0]);

        // MQTT 3.1.1 lets a remaining length end in digits of zero, which are not written again.
        Assert.AreEqual(Convert.ToHexString(Body(bytes)), Convert.ToHexString(Body(again)));
        Assert.IsLessThanOrEqualTo(bytes.Length, again.Length);
    }

    private static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> packet)
    {
        int length = 1;
        while (packet[length++] >= 0x80)
        {
        }

        return packet[length..];
    }

    /// <summary>Reads a packet, and checks what that allocates: a multiple of what has come, whatever a length in it says.</summary>
    /// <returns>How many bytes the packet has; 0 when more are needed, null when what is there is refused.</returns>
    private static int? TryRead(byte[] bytes, MqttPacketReader reader, out MqttPacket? packet)
    {
        // The first time what the runtime sets up once would be counted.
        _ = TryReadOnce(bytes, reader, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int? length = TryReadOnce(bytes, reader, out packet);
        Assert.IsLessThan(32 * bytes.Length + 16_384, GC.GetAllocatedBytesForCurrentThread() - before);
        return length;
    }

    private static int? TryReadOnce(byte[] bytes, MqttPacketReader reader, out MqttPacket? packet)
    {
        packet = null;
        var buffer = new ReadOnlySequence<byte>(bytes);
        try
        {
            return reader.TryRead(ref buffer, out packet) ? bytes.Length - (int)buffer.Length : 0;
        }
        catch (MqttProtocolException)
        {
            return null;
        }
    }
}
