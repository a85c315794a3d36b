using DevKit.Board;
using DevKit.Sim.Board;
using DevKit.Sim.Sessions;
using DevKit.Support.Boards;
using Spectre.Console;

namespace DevKit.Sim.Tests.Sessions;

[TestClass]
public class BoardViewTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(80, 22, "⣿", 4)]
    [DataRow(80, 24, "⣿", 6)]
    [DataRow(120, 40, "⣿", 22)]
    [DataRow(144, 38, "█", 4)]
    [DataRow(200, 60, "█", 26)]
    [DataRow(79, 40, null, 37)]
    [DataRow(80, 21, null, 18)]
    public async Task A_picture_fills_the_terminal_and_no_more(int columns, int rows, string? pixels, int serialRows)
    {
        using TestBoard board = new(TestContext.CancellationToken);
        await board.ConfigureAsync();
        SerialTerminal serial = new(100);
        serial.Write([.. Enumerable.Range(1, 50).SelectMany(i => System.Text.Encoding.ASCII.GetBytes($"line {i}\r\n")), .. "# show"u8]);
        string[] drawn = Draw(new BoardView(board.Board, new SerialPane(serial), "this terminal") { Note = "reset" }, columns, rows);
        Assert.HasCount(rows, drawn);
        Assert.IsTrue(Array.TrueForAll(drawn, line => line.Length <= columns));
        Assert.AreEqual(pixels != null, drawn[0].Contains(pixels ?? "⣿", StringComparison.Ordinal));
        Assert.AreEqual("# show", drawn[^2].TrimEnd());
        Assert.AreEqual($"line {52 - serialRows}", drawn[^(serialRows + 1)].TrimEnd());
        string rule = drawn[^(serialRows + 2)];
        Assert.StartsWith("── serial port: this terminal ─", rule);
        Assert.EndsWith("─ reset ──", rule.TrimEnd());
        Assert.StartsWith("Ctrl + A, B: buttons", drawn[^1]);
        Assert.EndsWith("PgUp: scroll", drawn[^1].TrimEnd());
    }

    [TestMethod]
    public void A_narrow_terminal_names_every_key_in_several_rows()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        string[] drawn = Draw(new BoardView(board.Board, new SerialPane(new SerialTerminal(10)), "this terminal"), 40, 12);
        Assert.HasCount(12, drawn);
        Assert.AreEqual("Ctrl + A, B: buttons  R: reset  P: plug", drawn[^2].TrimEnd());
        Assert.AreEqual("S: save screen  X: quit  PgUp: scroll", drawn[^1].TrimEnd());
    }

    [TestMethod]
    public void The_rule_says_that_the_serial_port_was_scrolled_back()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        SerialTerminal terminal = new(100);
        terminal.Write([.. Enumerable.Repeat((byte)'\n', 50)]);
        SerialPane pane = new(terminal);
        BoardView view = new(board.Board, pane, "this terminal") { Note = "reset" };
        Draw(view, 80, 24);
        pane.PageUp();
        string drawn = string.Join('\n', Draw(view, 80, 24));
        Assert.Contains("─ scrolled back; PgDn goes on ──", drawn);
        Assert.DoesNotContain("reset ──", drawn);
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(3, 2)]
    [DataRow(20, 5)]
    public void A_terminal_that_is_far_too_small_is_survived(int columns, int rows)
    {
        using TestBoard board = new(TestContext.CancellationToken);
        Draw(new BoardView(board.Board, new SerialPane(new SerialTerminal(10)), "this terminal"), columns, rows);
    }

    [TestMethod]
    public void Buttons_power_and_lights_are_told_in_words()
    {
        using TestBoard board = new(TestContext.CancellationToken, new BoardOptions { Image = NanoClrImage.Published });
        BoardView view = new(board.Board, new SerialPane(new SerialTerminal(10)), "none");
        string off = string.Join('\n', Draw(view, 80, 24));
        Assert.Contains("no power", off);
        Assert.Contains("press Ctrl+P", off);
        Assert.Contains("A released", off);
        board.Board.SetButton(BoardPins.ButtonA, true);
        board.Board.PlugIn();
        string booter = string.Join('\n', Draw(view, 80, 24));
        Assert.Contains("A held", booter);
        Assert.Contains("B released", booter);
        Assert.Contains("in the booter", booter);
        Assert.Contains("● User blinks", booter);
        Assert.Contains("○ WiFi", booter);
        Assert.Contains("○ RGB off", booter);
    }

    [TestMethod]
    public void A_note_that_does_not_fit_leaves_the_rule_whole()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        BoardView view = new(board.Board, new SerialPane(new SerialTerminal(10)), "this terminal") { Note = new string('n', 60) };
        Assert.IsFalse(view.HasRoomForNote(80));
        string rule = Draw(view, 80, 24).Single(line => line.StartsWith("── serial port: this terminal ─", StringComparison.Ordinal));
        Assert.DoesNotContain("nn", rule);
        Assert.IsTrue(view.HasRoomForNote(120));
    }

    private static string[] Draw(BoardView view, int columns, int rows)
    {
        using StringWriter writer = new() { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = columns;
        console.Profile.Height = rows;
        console.Profile.Capabilities.Unicode = true;
        console.Write(view.Draw(columns, rows));
        return writer.ToString().TrimEnd('\n').Split('\n');
    }
}
