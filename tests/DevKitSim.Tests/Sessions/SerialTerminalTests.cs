using System.Text;
using DevKit.Sim.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace DevKit.Sim.Tests.Sessions;

[TestClass]
public class SerialTerminalTests
{
    [TestMethod]
    [DataRow("a\r\nb", "a|b")]
    [DataRow("a\nb", "a|b")]
    [DataRow("abc\rxyz", "xyz")]
    [DataRow("# shoq\b \bw", "# show")]
    [DataRow("\b\bx", "x")]
    [DataRow("a\a\tb\x7F", "ab")]
    [DataRow("one\r\n\r\n# ", "one||# ")]
    public void Control_characters_do_what_a_terminal_does(string sent, string shown)
    {
        SerialTerminal terminal = new(100);
        terminal.Write(Encoding.UTF8.GetBytes(sent));
        Assert.AreEqual(shown, Shown(terminal, 10, 80));
    }

    [TestMethod]
    public void A_character_of_several_bytes_may_come_in_pieces()
    {
        SerialTerminal terminal = new(100);
        foreach (byte b in Encoding.UTF8.GetBytes("Küche ☕"))
        {
            terminal.Write([b]);
        }

        Assert.AreEqual("Küche ☕", Shown(terminal, 10, 80));
    }

    [TestMethod]
    public void A_long_line_goes_on_in_the_next_row()
    {
        SerialTerminal terminal = new(100);
        terminal.Write("first\r\n0123456789"u8.ToArray());
        Assert.AreEqual("firs|t|0123|4567|89", Shown(terminal, 10, 4));
        Assert.AreEqual("4567|89", Shown(terminal, 2, 4));
    }

    [TestMethod]
    [DataRow("# ", 2, "# _")]
    [DataRow("0123", 0, "0123|_")]
    [DataRow("01234", 1, "0123|4_")]
    [DataRow("01234\b \b", 0, "0123|_")]
    [DataRow("01234\b\b", 3, "012_")]
    [DataRow("a\r\n", 0, "a|_")]
    public void The_cursor_stands_in_the_last_row(string sent, int column, string shown)
    {
        SerialTerminal terminal = new(100);
        terminal.Write(Encoding.UTF8.GetBytes(sent));
        IReadOnlyList<string> rows = new SerialPane(terminal).Show(10, 4, out int cursor);
        Assert.AreEqual(column, cursor);
        Assert.AreEqual(shown, string.Join('|', rows.SkipLast(1).Append(rows[^1].Remove(cursor, 1).Insert(cursor, "_").TrimEnd())));
    }

    [TestMethod]
    public void A_note_stands_above_the_line_that_is_typed()
    {
        SerialTerminal terminal = new(100);
        terminal.Write("one\r\n# sho"u8.ToArray());
        terminal.Insert("[reset]");
        terminal.Write("w"u8.ToArray());
        Assert.AreEqual("one|[reset]|# show", Shown(terminal, 10, 80));
    }

    [TestMethod]
    public void Only_the_last_lines_are_kept()
    {
        SerialTerminal terminal = new(3);
        terminal.Write("1\r\n2\r\n3\r\n4\r\n5"u8.ToArray());
        Assert.AreEqual("3|4|5", Shown(terminal, 10, 80));
        terminal.Insert("[x]");
        Assert.AreEqual("4|[x]|5", Shown(terminal, 10, 80));
    }

    [TestMethod]
    public void Whatever_comes_in_whatever_pieces_fits_the_rows_and_the_cursor_stands_in_the_last_one()
    {
        Arbitrary<byte[][]> pieces = Gen.Elements("abc \r\n\b\a\x7Fü☕"u8.ToArray()).ArrayOf().ArrayOf().ToArbitrary();
        Prop.ForAll(pieces, Gen.Choose(1, 9).Two().ToArbitrary(), (sent, size) =>
        {
            SerialTerminal inPieces = new(100);
            Array.ForEach(sent, inPieces.Write);
            SerialTerminal whole = new(100);
            whole.Write([.. sent.SelectMany(piece => piece)]);
            (int rows, int columns) = size;
            IReadOnlyList<string> shown = new SerialPane(inPieces).Show(rows, columns, out int cursor);
            return shown.Count <= rows
                && shown.All(row => row.Length <= columns)
                && cursor < shown[^1].Length
                && shown.SequenceEqual(new SerialPane(whole).Show(rows, columns, out _));
        }).QuickCheckThrowOnFailure();
    }

    // Without the blank under the cursor.
    private static string Shown(SerialTerminal terminal, int rows, int columns)
    {
        IReadOnlyList<string> shown = new SerialPane(terminal).Show(rows, columns, out int cursor);
        return string.Join('|', shown.SkipLast(1).Append(shown[^1][..cursor]));
    }
}
