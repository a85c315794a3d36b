namespace DevKit.Dps.Tests.Support;

/// <summary>A connection of which the bytes each way are counted, and how often the device had to wait for what it had asked for.</summary>
internal sealed class CountingStream(Stream inner) : Stream
{
    private long _sent;
    private long _received;
    private int _roundTrips;
    private volatile bool _hasAsked;

    /// <summary>Bytes from the device.</summary>
    internal long SentBytes => Interlocked.Read(ref _sent);

    /// <summary>Bytes to the device.</summary>
    internal long ReceivedBytes => Interlocked.Read(ref _received);

    /// <summary>How often something came after something had been sent.</summary>
    internal int RoundTrips => Volatile.Read(ref _roundTrips);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Interlocked.Add(ref _sent, buffer.Length);
        _hasAsked = true;
        inner.Write(buffer);
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        Interlocked.Add(ref _received, read);
        if (read > 0 && _hasAsked)
        {
            _hasAsked = false;
            Interlocked.Increment(ref _roundTrips);
        }

        return read;
    }
}
