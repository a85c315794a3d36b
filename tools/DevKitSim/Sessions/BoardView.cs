using DevKit.Board;
using DevKit.Sim.Board;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DevKit.Sim.Sessions;

/// <summary>Draws a board for a terminal: the OLED beside lights, buttons and power; the serial port; the keys.</summary>
/// <param name="board">The board.</param>
/// <param name="serial">What its serial port sent, as far as it is in sight.</param>
/// <param name="serialPlace">Where the serial port goes, for its title.</param>
internal sealed class BoardView(VirtualDevKit board, SerialPane serial, string serialPlace)
{
    /// <summary>The least terminal that has room for the OLED.</summary>
    public const int LeastColumns = BrailleColumns + SideColumns;

    /// <summary>The least terminal that has room for the OLED.</summary>
    public const int LeastRows = BrailleRows + RuleRows + KeyRows + LeastSerialRows;

    // In braille a character is 2 x 4 pixels, in half blocks 1 x 2.
    private const int BrailleColumns = 64;
    private const int BrailleRows = 16;
    private const int BlockColumns = 128;
    private const int BlockRows = 32;
    private const int SideColumns = 16;
    private const int RuleRows = 1;
    private const int KeyRows = 1;
    private const int LeastSerialRows = 4;

    private const string ScrolledBack = "scrolled back; PgDn goes on";
    private const string Help = BoardKeys.Help + "  PgUp: scroll";

    private static readonly Style Held = new(decoration: Decoration.Invert);
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    /// <summary>The last note for the user.</summary>
    public string Note { get; set; } = "";

    /// <summary>Draws a picture that fills a terminal.</summary>
    public IRenderable Draw(int columns, int rows)
    {
        bool inBlocks = columns >= BlockColumns + SideColumns && rows >= BlockRows + RuleRows + KeyRows + LeastSerialRows;
        bool hasScreen = columns >= LeastColumns && rows >= LeastRows;
        int boardRows = inBlocks ? BlockRows : hasScreen ? BrailleRows : 1;
        string help = BreakHelp(columns, rows - boardRows - RuleRows - LeastSerialRows, out int keyRows);
        int serialRows = Math.Max(1, rows - boardRows - RuleRows - keyRows);
        return new Layout().SplitRows(
            hasScreen ? DrawBoard(inBlocks).Size(boardRows) : new Layout(DrawStatusLine(columns)).Size(boardRows),
            new Layout(new Text(RuleText(columns), Dim)).Size(RuleRows),
            new Layout(DrawSerial(columns, serialRows)).Size(serialRows),
            new Layout(new Text(help, Dim)).Size(keyRows));
    }

    /// <summary>Whether the note has room on the rule.</summary>
    public bool HasRoomForNote(int columns) => HasRoomFor(Note, columns);

    private string RuleTitle => $"── serial port: {serialPlace} ";

    private bool HasRoomFor(string note, int columns) => RuleTitle.Length + note.Length + " ".Length + " ──".Length <= columns;

    private Layout DrawBoard(bool inBlocks)
    {
        Text screen = new(inBlocks ? board.Display.ToBlockText() : board.Display.ToBrailleText());
        Text edge = new(string.Join('\n', Enumerable.Repeat("│", inBlocks ? BlockRows : BrailleRows)), Dim);
        return new Layout().SplitColumns(
            new Layout(screen).Size(inBlocks ? BlockColumns : BrailleColumns),
            new Layout(edge).Size(2),
            new Layout(DrawSide()));
    }

    private Rows DrawSide()
    {
        (string state, string remedy) = DescribeState();
        return new Rows(
            new Text("DevKit", Dim),
            new Text(Convert.ToHexStringLower(board.Folder.Numbers.Mac)),
            new Text(""),
            Light("WiFi", board.IsHigh(BoardPins.WifiLed), Color.Green),
            Light("Azure", board.IsHigh(BoardPins.AzureLed), Color.Blue),
            Light(board.IsInBooter ? "User blinks" : "User", board.IsInBooter || board.IsHigh(BoardPins.UserLed), Color.Yellow),
            RgbLight(),
            new Text(""),
            Button("A", BoardPins.ButtonA),
            Button("B", BoardPins.ButtonB),
            new Text(""),
            new Text(state, remedy.Length > 0 ? Held : Style.Plain),
            new Text(remedy));
    }

    // Where there is no room for the OLED, its owner still sees the lights.
    private Text DrawStatusLine(int columns)
    {
        string wifi = Circle(board.IsHigh(BoardPins.WifiLed)) + "WiFi";
        string azure = Circle(board.IsHigh(BoardPins.AzureLed)) + "Azure";
        string lights = $"{wifi} {azure} RGB {DescribeRgb().Name}";
        return new Text(Cut($"{DescribeState().State} {lights} (the screen needs {LeastColumns} x {LeastRows})", columns));
    }

    // What the board does and, when that is nothing, what helps; both fit beside the OLED on 80 columns.
    private (string State, string Remedy) DescribeState() => board switch
    {
        { IsPowered: false } => ("no power", "press Ctrl+P"),
        { IsInBooter: true } => ("in the booter", "release, reset"),
        { IsRunning: false } => ("stopped", "press Ctrl+R"),
        _ => ("running", ""),
    };

    // Told apart without colours too: a filled and an empty circle.
    private static string Circle(bool isOn) => isOn ? "●" : "○";

    private static Text Light(string name, bool isOn, Color colour) =>
        new($"{Circle(isOn)} {name}", isOn ? new Style(colour) : Style.Plain);

    private Text RgbLight()
    {
        (string name, Color colour) = DescribeRgb();
        return Light("RGB " + name, colour != Color.Default, colour);
    }

    private (string Name, Color Colour) DescribeRgb() => (board.IsHigh(BoardPins.RgbRed), board.IsHigh(BoardPins.RgbGreen)) switch
    {
        (true, true) => ("amber", Color.Orange1),
        (true, false) => ("red", Color.Red),
        (false, true) => ("green", Color.Green),
        _ => ("off", Color.Default),
    };

    private Text Button(string name, int pin)
    {
        bool isHeld = !board.IsHigh(pin);
        return new Text($"{name} {(isHeld ? "held" : "released")}", isHeld ? Held : Style.Plain);
    }

    // As many rows as it needs, where that leaves the serial port enough of them.
    private static string BreakHelp(int columns, int mostRows, out int rows)
    {
        List<Range> ranges = WordWrap.Break(Help, Math.Max(1, columns), -1);
        rows = Math.Clamp(mostRows, KeyRows, ranges.Count);
        string[] lines = [.. ranges.Take(rows).Select(range => Help[range].TrimEnd())];
        return rows < ranges.Count ? Cut(Help, columns) : string.Join('\n', lines);
    }

    private string RuleText(int columns)
    {
        string note = serial.IsScrolledBack ? ScrolledBack : Note;
        string end = note.Length > 0 && HasRoomFor(note, columns) ? $" {note} ──" : "";
        return Cut(RuleTitle + new string('─', Math.Max(0, columns - RuleTitle.Length - end.Length)) + end, columns);
    }

    private Paragraph DrawSerial(int columns, int rows)
    {
        IReadOnlyList<string> shown = serial.Show(rows, columns, out int cursor);
        Paragraph text = new() { Overflow = Overflow.Crop };
        if (cursor < 0)
        {
            text.Append(string.Join('\n', shown));
            return text;
        }

        string last = shown[^1];
        text.Append(string.Concat(shown.SkipLast(1).Select(line => line + "\n")) + last[..cursor]);
        text.Append(last[cursor..(cursor + 1)], Held);
        text.Append(last[(cursor + 1)..]);
        return text;
    }

    private static string Cut(string text, int columns) => columns <= 0 ? "" : text.Length <= columns ? text : text[..(columns - 1)] + "…";
}
