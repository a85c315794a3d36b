using System.Buffers;
using System.Security.Cryptography;

namespace DevKit.Mqtt.Tests;

[TestClass]
public sealed class FuzzTests
{
    private const int Rounds = 200_000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Nothing_but_a_protocol_error_comes_of_random_bytes()
    {
        Random random = Seeded();
        int packets = 0;
        int refusals = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = new byte[random.Next(1, 16)];
            for (int i = 0; i < bytes.Length; i++)
            {
                // Small numbers are what lengths, identifiers and QoS are made of.
                bytes[i] = (byte)random.Next(random.Next(2) == 0 ? 4 : 256);
            }

            if (random.Next(2) == 0)
            {
                // Half of them with a length that fits, so that the bodies are reached.
                bytes[0] = (byte)(random.Next(1, 15) << 4 | (random.Next(2) == 0 ? bytes[0] & 0x0F : 2 * random.Next(2)));
                bytes = [bytes[0], (byte)(bytes.Length - 1), .. bytes.AsSpan(1)];
            }

            Try(bytes, ref packets, ref refusals);
        }

        TestContext.WriteLine($"{packets} packets, {refusals} refusals");
        Assert.IsGreaterThan(1000, packets, "most of the rounds test nothing");
        Assert.IsGreaterThan(1000, refusals);
    }

    [TestMethod]
    public void A_packet_with_changed_bytes_is_refused_or_written_back_as_it_was_read()
    {
        Random random = Seeded();
        PacketSample[] samples = PacketSamples.All.Where(sample => sample.Bytes.Length < 100).ToArray();
        int packets = 0;
        int refusals = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = samples[random.Next(samples.Length)].Bytes;
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            Try(bytes, ref packets, ref refusals);
        }

        TestContext.WriteLine($"{packets} packets, {refusals} refusals");
        Assert.IsGreaterThan(1000, packets);
        Assert.IsGreaterThan(1000, refusals);
    }

    /// <summary>What was read is written as the same packet: reader and writer hold to the same rules.</summary>
    private static void Try(byte[] bytes, ref int packets, ref int refusals)
    {
        var reader = new MqttPacketReader(maximumPacketSize: 1000);
        var buffer = new ReadOnlySequence<byte>(bytes);
        try
        {
            if (!reader.TryRead(ref buffer, out MqttPacket? packet))
            {
                return;
            }

            packets++;
            var again = new ReadOnlySequence<byte>(MqttPacketWriter.ToBytes(packet));
            Assert.IsTrue(reader.TryRead(ref again, out MqttPacket? copy), Convert.ToHexString(bytes));
            Assert.AreEqual(PacketSamples.Describe(packet), PacketSamples.Describe(copy), Convert.ToHexString(bytes));
        }
        catch (MqttProtocolException)
        {
            refusals++;
        }
    }

    /// <summary>The seed is printed; a failing one goes into the variable MQTT_FUZZ_SEED to be tried again.</summary>
    private Random Seeded()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("MQTT_FUZZ_SEED"), out int given)
            ? given
            : RandomNumberGenerator.GetInt32(int.MaxValue);
        TestContext.WriteLine($"seed {seed}");
        return new Random(seed);
    }
}
