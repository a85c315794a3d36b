using System.Buffers;
using System.IO.Pipelines;

namespace DevKit.Mqtt;

/// <summary>
/// MQTT packets over a pair of pipes, for the client's end and the server's end alike. One reader at a time;
/// writers may be several, their packets never mix.
/// </summary>
public sealed class MqttChannel : IDisposable
{
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly MqttPacketReader _reader;
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>A channel over a connection's pipes, which stay the caller's.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="maximumPacketSize">The largest packet taken, in bytes.</param>
    public MqttChannel(IDuplexPipe connection, int maximumPacketSize = MqttPacketReader.DefaultMaximumPacketSize)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _input = connection.Input;
        _output = connection.Output;
        _reader = new MqttPacketReader(maximumPacketSize);
    }

    /// <summary>A channel over a stream, which stays the caller's.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="maximumPacketSize">The largest packet taken, in bytes.</param>
    public MqttChannel(Stream stream, int maximumPacketSize = MqttPacketReader.DefaultMaximumPacketSize)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        _output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        _reader = new MqttPacketReader(maximumPacketSize);
    }

    /// <summary>Waits for the next packet.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The packet, or null when the peer closed the connection behind a whole packet.</returns>
    /// <exception cref="MqttProtocolException">The peer sent what MQTT 3.1.1 forbids, or closed inside a packet.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<MqttPacket?> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            ReadResult result = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            SequencePosition examined = buffer.End;
            try
            {
                if (_reader.TryRead(ref buffer, out MqttPacket? packet))
                {
                    examined = buffer.Start;
                    return packet;
                }

                if (result.IsCompleted)
                {
                    return buffer.IsEmpty
                        ? null
                        : throw new MqttProtocolException($"The connection ended inside a packet, {buffer.Length} bytes into it.");
                }
            }
            finally
            {
                _input.AdvanceTo(buffer.Start, examined);
            }
        }
    }

    /// <summary>Sends one packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="cancellationToken">Ends the wait for the connection to take it.</param>
    /// <returns>Whether the peer still takes packets.</returns>
    /// <exception cref="MqttProtocolException">The packet's values are forbidden by MQTT 3.1.1; nothing was sent.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<bool> WriteAsync(MqttPacket packet, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            MqttPacketWriter.Write(_output, packet);
            FlushResult result = await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
            return !result.IsCompleted && !result.IsCanceled;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();
}
