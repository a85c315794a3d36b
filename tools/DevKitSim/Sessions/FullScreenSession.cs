using DevKit.Sim.Board;
using Spectre.Console;

namespace DevKit.Sim.Sessions;

/// <summary>A board on a whole terminal: screen, lights, buttons, serial.</summary>
internal sealed class FullScreenSession : ISession
{
    private const int KeptLines = 1000;
    private static readonly TimeSpan FramePause = TimeSpan.FromMilliseconds(30);

    private readonly VirtualDevKit _board;
    private readonly SerialTerminal _serial = new(KeptLines);
    private readonly Lock _lock = new();
    private readonly BoardKeys _keys;
    private readonly SerialPane _pane;
    private readonly BoardView _view;
    private bool _changed = true;

    /// <summary>Makes a session.</summary>
    /// <param name="board">The board, not plugged in.</param>
    /// <param name="screenFile">Where the screen is saved.</param>
    /// <param name="serialPlace">Where the serial port goes.</param>
    public FullScreenSession(VirtualDevKit board, string screenFile, string serialPlace)
    {
        _board = board;
        _keys = new BoardKeys(board, screenFile, Note);
        _pane = new SerialPane(_serial);
        _view = new BoardView(board, _pane, serialPlace);
    }

    /// <summary>Whether this terminal can be drawn on.</summary>
    public static bool IsPossible => AnsiConsole.Profile.Capabilities is { Ansi: true, AlternateBuffer: true };

    /// <inheritdoc/>
    public void Run(CancellationToken cancellation)
    {
        _board.SerialSent += OnSerial;
        _board.Changed += OnChanged;
        _board.Notified += Note;
        try
        {
            _board.PlugIn();
            Console.TreatControlCAsInput = true;
            AnsiConsole.AlternateScreen(() => ShowUntilQuit(cancellation));
        }
        finally
        {
            AnsiConsole.Cursor.Show();
            _board.SerialSent -= OnSerial;
            _board.Changed -= OnChanged;
            _board.Notified -= Note;
        }
    }

    /// <inheritdoc/>
    public void Note(string text)
    {
        // On the rule; what is too long for it, among the serial port's lines too.
        lock (_lock)
        {
            _view.Note = text;
            if (!_view.HasRoomForNote(Console.WindowWidth))
            {
                _serial.Insert($"[{text}]");
            }
        }

        OnChanged();
    }

    // A live display knows one size: a terminal of another size gets another display.
    private void ShowUntilQuit(CancellationToken cancellation)
    {
        bool goesOn = true;
        while (goesOn && !cancellation.IsCancellationRequested)
        {
            AnsiConsole.Clear();
            AnsiConsole.Cursor.Hide();
            (int Columns, int Rows) size = (Math.Max(1, Console.WindowWidth), Math.Max(1, Console.WindowHeight));
            AnsiConsole.Live(new Text("")).Start(live => goesOn = Show(live, size, cancellation));
        }
    }

    /// <summary>Shows the board.</summary>
    /// <returns>False when the user quits, true when the terminal has another size now.</returns>
    private bool Show(LiveDisplayContext live, (int Columns, int Rows) size, CancellationToken cancellation)
    {
        OnChanged();
        while (!cancellation.IsCancellationRequested && size == (Console.WindowWidth, Console.WindowHeight))
        {
            while (Console.KeyAvailable)
            {
                if (!Execute(Console.ReadKey(intercept: true)))
                {
                    return false;
                }
            }

            if (Interlocked.Exchange(ref _changed, false))
            {
                lock (_lock)
                {
                    live.UpdateTarget(_view.Draw(size.Columns, size.Rows));
                }
            }

            Thread.Sleep(FramePause);
        }

        return true;
    }

    private bool Execute(ConsoleKeyInfo key)
    {
        lock (_lock)
        {
            switch (key.Key)
            {
                case ConsoleKey.PageUp:
                    _pane.PageUp();
                    break;
                case ConsoleKey.PageDown:
                    _pane.PageDown();
                    break;
                default:
                    _pane.Follow();
                    break;
            }
        }

        OnChanged();
        return _keys.Execute(key);
    }

    private void OnSerial(byte[] bytes)
    {
        lock (_lock)
        {
            _serial.Write(bytes);
        }

        OnChanged();
    }

    /// <inheritdoc/>
    public void Print(string line)
    {
        lock (_lock)
        {
            _serial.Insert($"[{line}]");
        }

        OnChanged();
    }

    private void OnChanged() => Volatile.Write(ref _changed, true);
}
