using DevKit.Board;
using DevKit.Sim.Board;
using Spectre.Console;

namespace DevKit.Sim.Run;

/// <summary>A board on a whole terminal: screen, lights, buttons, serial.</summary>
internal sealed class FullScreenSession
{
    private const int KeptLines = 500;

    // The OLED in braille: 2 x 4 pixels a character.
    private const int ScreenColumns = 64;
    private const int ScreenRows = 16;
    private static readonly TimeSpan FramePause = TimeSpan.FromMilliseconds(50);

    private readonly VirtualDevKit _board;
    private readonly SerialTerminal _serial = new(KeptLines);
    private readonly Lock _lock = new();
    private readonly BoardKeys _keys;
    private string _note = "";
    private bool _changed = true;

    public FullScreenSession(VirtualDevKit board, string screenFile, string? note)
    {
        _board = board;
        _note = note ?? "";
        _keys = new BoardKeys(board, screenFile, Note);
    }

    /// <summary>Serves the user until the session is ended.</summary>
    public void Run(CancellationToken cancellation)
    {
        _board.SerialSent += OnSerial;
        _board.Changed += OnChanged;
        _board.PlugIn();
        Console.TreatControlCAsInput = true;
        AnsiConsole.AlternateScreen(() =>
        {
            AnsiConsole.Cursor.Hide();
            AnsiConsole.Live(Draw()).Start(live => Show(live, cancellation));
            AnsiConsole.Cursor.Show();
        });
        _board.SerialSent -= OnSerial;
        _board.Changed -= OnChanged;
    }

    private void Show(LiveDisplayContext live, CancellationToken cancellation)
    {
        (int Width, int Height) size = (0, 0);
        while (!cancellation.IsCancellationRequested)
        {
            while (Console.KeyAvailable)
            {
                if (!_keys.Take(Console.ReadKey(intercept: true)))
                {
                    return;
                }
            }

            if (Interlocked.Exchange(ref _changed, false) || size != (Console.WindowWidth, Console.WindowHeight))
            {
                size = (Console.WindowWidth, Console.WindowHeight);
                live.UpdateTarget(Draw());
                live.Refresh();
            }

            Thread.Sleep(FramePause);
        }
    }

    private Layout Draw()
    {
        Layout layout = new Layout().SplitRows(
            new Layout("board").SplitColumns(new Layout("screen").Size(ScreenColumns + 4), new Layout("side")).Size(ScreenRows + 2),
            new Layout("serial"),
            new Layout("keys").Size(1));
        layout["screen"].Update(new Panel(new Text(_board.Display.ToBrailleText())).Header("OLED"));
        layout["side"].Update(new Panel(DrawLights()).Header("board " + Convert.ToHexStringLower(_board.Folder.Numbers.Mac)).Expand());
        layout["serial"].Update(new Panel(DrawSerial()).Header("serial").Expand());
        layout["keys"].Update(new Text(BoardKeys.Help));
        return layout;
    }

    private Rows DrawLights() => new(
        Light("WiFi", _board.IsHigh(BoardPins.WifiLed), Color.Green),
        Light("Azure", _board.IsHigh(BoardPins.AzureLed), Color.Blue),
        Light("User", _board.IsHigh(BoardPins.UserLed) || _board.IsInBooter, Color.Yellow),
        Light("RGB", _board.IsHigh(BoardPins.RgbRed) || _board.IsHigh(BoardPins.RgbGreen), RgbColour()),
        new Text(""),
        new Text("A " + (_board.IsHigh(BoardPins.ButtonA) ? "released" : "held")),
        new Text("B " + (_board.IsHigh(BoardPins.ButtonB) ? "released" : "held")),
        new Text(_board.IsInBooter ? "in the booter" : _board.IsRunning ? "running" : "no power"),
        new Text(""),
        new Text(_note));

    private Color RgbColour() => (_board.IsHigh(BoardPins.RgbRed), _board.IsHigh(BoardPins.RgbGreen)) switch
    {
        (true, true) => Color.Orange1,
        (true, false) => Color.Red,
        _ => Color.Green,
    };

    // Told apart without colours too: a filled and an empty circle.
    private static Text Light(string name, bool on, Color colour) =>
        new((on ? "● " : "○ ") + name, on ? new Style(colour) : Style.Plain);

    private Text DrawSerial()
    {
        int rows = Math.Max(1, Console.WindowHeight - ScreenRows - 2 - 2 - 1);
        int columns = Math.Max(1, Console.WindowWidth - 4);
        lock (_lock)
        {
            string[] wrapped = [.. _serial.Last(rows).SelectMany(line => line.Length == 0 ? [""] : line.Chunk(columns).Select(part => new string(part)))];
            return new Text(string.Join('\n', wrapped.TakeLast(rows)));
        }
    }

    private void OnSerial(byte[] bytes)
    {
        lock (_lock)
        {
            _serial.Take(bytes);
        }

        OnChanged();
    }

    private void OnChanged() => Volatile.Write(ref _changed, true);

    private void Note(string text)
    {
        _note = text;
        OnChanged();
    }
}
