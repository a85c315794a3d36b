namespace DevKit.Dps.Tests.Support;

/// <summary>
/// A connection that keeps what is sent over it, counts what comes, and how often the device had to wait for what it had asked for.
/// </summary>
internal sealed class RecordingStream(Stream inner) : Stream
{
    private readonly MemoryStream _sent = new();
    private volatile bool _isClosed;
    private volatile bool _hasAsked;
    private long _received;
    private int _roundTrips;

    /// <summary>Whether the program under test has closed it.</summary>
    internal bool IsClosed => _isClosed;

    /// <summary>How many bytes came so far.</summary>
    internal long ReceivedBytes => Interlocked.Read(ref _received);

    /// <summary>How often something came after something had been sent.</summary>
    internal int RoundTrips => Volatile.Read(ref _roundTrips);

    /// <summary>All that was sent so far.</summary>
    internal byte[] Sent
    {
        get
        {
            lock (_sent)
            {
                return _sent.ToArray();
            }
        }
    }

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

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Keep(buffer);
        inner.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Keep(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _isClosed = true;
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

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        _hasAsked = true;
        lock (_sent)
        {
            _sent.Write(bytes);
        }
    }
}
