using DevKit.Support.Servers;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>A connection that the test holds up: what is written, the end of what is read, or the closing.</summary>
internal sealed class GatedStream(Stream inner) : Stream
{
    private readonly TaskCompletionSource _writing = new();
    private readonly TaskCompletionSource _endSeen = new();
    private readonly TaskCompletionSource _closing = new();
    private bool _endRead;

    /// <summary>Holds up who has written, until it is set. What was written is on its way.</summary>
    internal ManualResetEventSlim Writes { get; } = new(true);

    /// <summary>Holds up who has read the end of the stream, until it is set.</summary>
    internal ManualResetEventSlim End { get; } = new(true);

    /// <summary>Holds up who closes, until it is set.</summary>
    internal ManualResetEventSlim Closing { get; } = new(true);

    /// <summary>Something is written while <see cref="Writes"/> is not set.</summary>
    internal Task Writing => _writing.Task.WaitAsync(ScriptedServer.Patience);

    /// <summary>The end of the stream was read, and the reader has come back for more.</summary>
    internal Task EndSeen => _endSeen.Task.WaitAsync(ScriptedServer.Patience);

    /// <summary>Somebody closes.</summary>
    internal Task ClosingBegun => _closing.Task.WaitAsync(ScriptedServer.Patience);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_endRead)
        {
            _endSeen.TrySetResult();
        }

        int read = inner.Read(buffer, offset, count);
        if (read == 0)
        {
            End.Wait(ScriptedServer.Patience);
            _endRead = true;
        }

        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        inner.Write(buffer, offset, count);
        inner.Flush();
        if (!Writes.IsSet)
        {
            _writing.TrySetResult();
            Writes.Wait(ScriptedServer.Patience);
        }
    }

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => inner.SetLength(value);

    protected override void Dispose(bool disposing)
    {
        _closing.TrySetResult();
        Closing.Wait(ScriptedServer.Patience);
        End.Set();
        inner.Dispose();
        base.Dispose(disposing);
    }
}
