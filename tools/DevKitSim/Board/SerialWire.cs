using System.Collections.Concurrent;

namespace DevKit.Sim.Board;

/// <summary>
/// The wire into the serial port: what is sent arrives at the port's baud rate, so that a paste is as fast as it would be on
/// a board and the receive ring is as long as there.
/// </summary>
internal sealed class SerialWire : IDisposable
{
    // 8N1: a start bit, 8 data bits, a stop bit.
    private const int BitsPerByte = 10;
    private const int SliceMilliseconds = 10;

    private readonly BlockingCollection<byte> _waiting = [];
    private readonly Action<byte[]> _receive;
    private readonly int _bytesPerSlice;

    /// <summary>Connects a wire.</summary>
    /// <param name="baudRate">Its speed in baud.</param>
    /// <param name="receive">Called with the bytes that arrive, on the wire's thread.</param>
    public SerialWire(int baudRate, Action<byte[]> receive)
    {
        _receive = receive;
        _bytesPerSlice = baudRate * SliceMilliseconds / (BitsPerByte * 1000);
        new Thread(Transmit) { IsBackground = true, Name = "serial wire" }.Start();
    }

    /// <summary>Sends bytes; returns at once. What is sent when the wire is off is lost.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            foreach (byte b in bytes)
            {
                _waiting.Add(b);
            }
        }
        catch (InvalidOperationException) when (_waiting.IsAddingCompleted)
        {
            // It was taken off meanwhile.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _waiting.CompleteAdding();

    private void Transmit()
    {
        List<byte> slice = new(_bytesPerSlice);
        foreach (byte first in _waiting.GetConsumingEnumerable())
        {
            slice.Add(first);
            while (slice.Count < _bytesPerSlice && _waiting.TryTake(out byte next))
            {
                slice.Add(next);
            }

            _receive([.. slice]);
            slice.Clear();
            Thread.Sleep(SliceMilliseconds);
        }
    }
}
