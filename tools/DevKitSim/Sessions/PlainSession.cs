using System.Text;
using DevKit.Sim.Board;
using DevKit.Sim.Serial;

namespace DevKit.Sim.Sessions;

/// <summary>A board on a terminal or in a pipe: what is typed goes to its serial port, what it sends is printed.</summary>
internal sealed class PlainSession : ISession
{
    private static readonly TimeSpan KeyPause = TimeSpan.FromMilliseconds(20);

    private readonly VirtualDevKit _board;
    private readonly bool _showsSerial;
    private readonly BoardKeys _keys;
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly TaskCompletionSource _spoken = new();
    private readonly Lock _lock = new();

    // What the serial port sent last; a note begins a line of its own.
    private byte _last = (byte)'\n';

    /// <summary>Makes a session.</summary>
    /// <param name="board">The board, not plugged in.</param>
    /// <param name="screenFile">Where the screen is saved.</param>
    /// <param name="showsSerial">Whether the serial port is on this terminal.</param>
    public PlainSession(VirtualDevKit board, string screenFile, bool showsSerial)
    {
        _board = board;
        _showsSerial = showsSerial;
        _keys = new BoardKeys(board, screenFile, Note);
    }

    /// <inheritdoc/>
    public void Run(CancellationToken cancellation)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        void Show(byte[] bytes)
        {
            _spoken.TrySetResult();
            if (_showsSerial && !TryPrint(bytes))
            {
                end.Cancel();
            }
        }

        _board.SerialSent += Show;
        _board.Notified += Note;
        Note(Console.IsInputRedirected ? "input from a pipe; interrupt to quit" : BoardKeys.Help);
        _board.PlugIn();
        if (Console.IsInputRedirected)
        {
            new Thread(ForwardInput) { IsBackground = true, Name = "input" }.Start();
            end.Token.WaitHandle.WaitOne();
        }
        else
        {
            Console.TreatControlCAsInput = true;
            ReadKeys(end.Token);
        }

        _board.SerialSent -= Show;
        _board.Notified -= Note;
        TryPrint(StartOfLine);
    }

    /// <inheritdoc/>
    public void Note(string text) => TryPrint([.. StartOfLine, .. Encoding.UTF8.GetBytes($"[{text}]\r\n")]);

    /// <inheritdoc/>
    public void Print(string line) => Note(line);

    private ReadOnlySpan<byte> StartOfLine => _last == '\n' ? [] : "\r\n"u8;

    private void ReadKeys(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            if (!Console.KeyAvailable)
            {
                Thread.Sleep(KeyPause);
            }
            else if (!_keys.Execute(Console.ReadKey(intercept: true)))
            {
                return;
            }
        }
    }

    // A script's input, when there is someone to hear it; the board runs on when it ends, until the session is interrupted.
    private void ForwardInput()
    {
        _spoken.Task.Wait();
        using Stream input = Console.OpenStandardInput();
        byte[] buffer = new byte[256];
        for (int n = input.Read(buffer); n > 0; n = input.Read(buffer))
        {
            _board.TypeSerial(buffer.AsSpan(0, n));
        }
    }

    /// <summary>Prints bytes as they are.</summary>
    /// <returns>False when nobody reads them any more.</returns>
    private bool TryPrint(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return true;
        }

        lock (_lock)
        {
            _last = bytes[^1];
            if (OperatingSystem.IsWindows())
            {
                _output.Write(bytes);
                return true;
            }

            // The console's own stream hides that nobody reads any more.
            return Posix.TryWriteToOutput(bytes);
        }
    }
}
