using System.IO.Pipelines;

namespace DevKit.Mqtt.Tests;

[TestClass]
public sealed class ChannelTests
{
    [TestMethod]
    public async Task Packets_cross_a_stream_that_gives_one_byte_at_a_time()
    {
        var stream = new MemoryStream(PacketSamples.Short.SelectMany(sample => sample.Bytes).ToArray());
        using var channel = new MqttChannel(new SingleByteStream(stream));
        foreach (PacketSample sample in PacketSamples.Short)
        {
            MqttPacket? packet = await channel.ReadAsync();
            Assert.IsNotNull(packet, sample.Name);
            Assert.AreEqual(PacketText.Describe(sample.Packet), PacketText.Describe(packet), sample.Name);
        }

        Assert.IsNull(await channel.ReadAsync(), "the end between two packets is an end");
    }

    [TestMethod]
    public async Task An_end_inside_a_packet_is_a_violation()
    {
        using var channel = new MqttChannel(new MemoryStream([0xC0]));
        MqttProtocolException error = await Assert.ThrowsExactlyAsync<MqttProtocolException>(async () => await channel.ReadAsync());
        StringAssert.Contains(error.Message, "1 bytes into it");
    }

    [TestMethod]
    public async Task Packets_of_several_writers_do_not_mix()
    {
        var pipe = new Pipe();
        using var sender = new MqttChannel(new Duplex(PipeReader.Create(Stream.Null), pipe.Writer));
        using var receiver = new MqttChannel(new Duplex(pipe.Reader, PipeWriter.Create(Stream.Null)));
        const int Each = 200;
        Task[] writers = Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                Assert.IsTrue(await sender.WriteAsync(new PublishPacket { Topic = $"t/{number}", Payload = new byte[number * 100] }));
            }
        })).ToArray();

        for (int i = 0; i < 4 * Each; i++)
        {
            var packet = (PublishPacket)(await receiver.ReadAsync())!;
            Assert.AreEqual($"t/{packet.Payload.Length / 100}", packet.Topic);
        }

        await Task.WhenAll(writers);
    }

    [TestMethod]
    public async Task A_forbidden_packet_is_not_sent_and_does_not_end_the_channel()
    {
        var stream = new MemoryStream();
        using var channel = new MqttChannel(stream);
        await Assert.ThrowsExactlyAsync<MqttProtocolException>(async () => await channel.WriteAsync(new PublishPacket { Topic = "#" }));
        await channel.WriteAsync(new PingreqPacket());
        CollectionAssert.AreEqual(new byte[] { 0xC0, 0 }, stream.ToArray());
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class SingleByteStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(count, 1));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer[..Math.Min(buffer.Length, 1)], cancellationToken);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
