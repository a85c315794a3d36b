using DevKit.Sim.Board;

namespace DevKit.Sim.Serial;

/// <summary>
/// The serial port on a pseudo-terminal, for any serial monitor on Linux and macOS. As on a cable, what nobody reads is lost,
/// and monitors come and go.
/// </summary>
internal sealed class PtySerialLine : ISerialLine
{
    private const int PollMilliseconds = 50;

    // A monitor that stands still holds the board up for this long, once; then it misses what comes.
    private const int StallMilliseconds = 500;

    private readonly VirtualDevKit _board;
    private readonly int _terminal;
    private readonly Lock _sendLock = new();
    private Thread? _receiver;
    private volatile bool _isClosed;
    private bool _isStalled;

    /// <summary>Opens a pseudo-terminal.</summary>
    /// <exception cref="IOException">There is none to be had.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has no pseudo-terminals of this kind.</exception>
    public PtySerialLine(VirtualDevKit board)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            throw new PlatformNotSupportedException(
                "This system has no pseudo-terminals. Use --serial tcp:PORT with a monitor that speaks raw TCP.");
        }

        _board = board;
        _terminal = Posix.OpenTerminal(out string path);
        Path = path;
    }

    /// <summary>The terminal's path.</summary>
    public string Path { get; }

    public string Place => Path;

    public string Hint => $"picocom {Path}";

    public void Attach()
    {
        _board.SerialSent += Send;
        _receiver = new Thread(Receive) { IsBackground = true, Name = "serial" };
        _receiver.Start();
    }

    public void Dispose()
    {
        _board.SerialSent -= Send;
        _isClosed = true;
        _receiver?.Join();
        lock (_sendLock)
        {
            _ = Posix.Close(_terminal);
        }
    }

    private void Receive()
    {
        byte[] buffer = new byte[1024];
        while (!_isClosed)
        {
            int count = Posix.CanRead(_terminal, PollMilliseconds) ? Posix.ReadSome(_terminal, buffer) : 0;
            if (count > 0)
            {
                _board.TypeSerial(buffer.AsSpan(0, count));
            }
            else
            {
                // Without a monitor the wait returns at once.
                Thread.Sleep(PollMilliseconds);
            }
        }
    }

    private void Send(byte[] bytes)
    {
        lock (_sendLock)
        {
            for (int sent = 0; sent < bytes.Length && !_isClosed;)
            {
                _isStalled = !Posix.CanWrite(_terminal, _isStalled ? 0 : StallMilliseconds);
                int count = _isStalled ? 0 : Posix.WriteSome(_terminal, bytes.AsSpan(sent));
                if (count <= 0)
                {
                    return;
                }

                sent += count;
            }
        }
    }
}
