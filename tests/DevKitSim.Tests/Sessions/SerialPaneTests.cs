using System.Globalization;
using DevKit.Sim.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace DevKit.Sim.Tests.Sessions;

[TestClass]
public class SerialPaneTests
{
    private const int Rows = 5;
    private const int Columns = 20;

    [TestMethod]
    [DataRow("", "")]
    [DataRow("word", "word")]
    [DataRow("a few words", "a few |words")]
    [DataRow("exactly8 word", "exactly8|word")]
    [DataRow("exactly8 ", "exactly8")]
    [DataRow("ninewords", "ninewor|ds", 7)]
    [DataRow("a  b", "a |b", 2)]
    public void A_line_breaks_behind_a_blank_or_else_in_a_word(string line, string rows, int columns = 8)
    {
        Assert.AreEqual(rows, string.Join('|', WordWrap.Break(line, columns, -1).Select(range => line[range])));
    }

    [TestMethod]
    public void Every_letter_of_a_line_stands_in_one_row_and_none_is_too_long()
    {
        Arbitrary<string> lines = Gen.Elements("ab  ".ToCharArray()).ArrayOf().Select(letters => new string(letters)).ToArbitrary();
        Prop.ForAll(lines, Gen.Choose(1, 9).ToArbitrary(), Gen.Choose(-1, 30).ToArbitrary(), (line, columns, cursor) =>
        {
            List<Range> ranges = WordWrap.Break(line, columns, cursor);
            string shown = string.Concat(ranges.Select(range => line[range]));
            bool isCursorShown = cursor < 0 || cursor >= line.Length
                || ranges.Exists(range => range.Start.Value <= cursor && cursor < range.End.Value);
            return shown.Replace(" ", "", StringComparison.Ordinal) == line.Replace(" ", "", StringComparison.Ordinal)
                && ranges.TrueForAll(range => range.End.Value - range.Start.Value <= columns)
                && isCursorShown;
        }).QuickCheckThrowOnFailure();
    }

    [TestMethod]
    public void Pages_up_and_down_overlap_by_a_row_and_end_where_the_lines_do()
    {
        SerialTerminal terminal = Write(1, 12);
        SerialPane pane = new(terminal);
        AssertShown(pane, "9", "10", "11", "12", "");
        pane.PageUp();
        AssertShown(pane, "5", "6", "7", "8", "9");
        pane.PageUp();
        pane.PageUp();
        AssertShown(pane, "1", "2", "3", "4", "5");
        pane.PageDown();
        AssertShown(pane, "5", "6", "7", "8", "9");
        Assert.IsTrue(pane.IsScrolledBack);
        pane.PageDown();
        AssertShown(pane, "9", "10", "11", "12", "");
        Assert.IsFalse(pane.IsScrolledBack);
    }

    [TestMethod]
    public void What_comes_does_not_move_what_was_scrolled_back_to()
    {
        SerialTerminal terminal = Write(1, 12);
        SerialPane pane = new(terminal);
        AssertShown(pane, "9", "10", "11", "12", "");
        pane.PageUp();
        Write(terminal, 13, 14);
        terminal.Insert("note");
        AssertShown(pane, "5", "6", "7", "8", "9");
        Assert.IsTrue(pane.IsScrolledBack);
        pane.Follow();
        AssertShown(pane, "12", "13", "14", "note", "");
    }

    [TestMethod]
    public void What_is_no_longer_kept_gives_way_to_the_oldest_that_is()
    {
        SerialTerminal terminal = Write(1, 12);
        SerialPane pane = new(terminal);
        pane.Show(Rows, Columns, out _);
        pane.PageUp();
        Write(terminal, 13, 40);
        AssertShown(pane, "22", "23", "24", "25", "26");
    }

    [TestMethod]
    public void A_terminal_of_another_width_shows_the_same_place()
    {
        SerialTerminal terminal = new(100);
        terminal.Write("first\r\n0123456789 0123456789 end\r\n1\r\n2\r\n3\r\n4\r\n5\r\n"u8.ToArray());
        SerialPane pane = new(terminal);
        Assert.AreEqual("3|4|5| ", string.Join('|', pane.Show(4, 12, out _)));
        pane.PageUp();
        Assert.AreEqual("end|1|2|3", string.Join('|', pane.Show(4, 12, out int cursor)));
        Assert.AreEqual(-1, cursor);
        Assert.AreEqual("0123456789 0123456789 end|1|2|3", string.Join('|', pane.Show(4, 40, out _)));
    }

    [TestMethod]
    public void Without_more_than_a_page_there_is_nothing_to_scroll()
    {
        SerialPane pane = new(Write(1, 2));
        AssertShown(pane, "1", "2", "");
        pane.PageUp();
        Assert.IsFalse(pane.IsScrolledBack);
        pane.PageDown();
        AssertShown(pane, "1", "2", "");
    }

    private static SerialTerminal Write(int first, int last)
    {
        SerialTerminal terminal = new(20);
        Write(terminal, first, last);
        return terminal;
    }

    private static void Write(SerialTerminal terminal, int first, int last)
    {
        for (int i = first; i <= last; i++)
        {
            terminal.Write(System.Text.Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture) + "\r\n"));
        }
    }

    private static void AssertShown(SerialPane pane, params string[] lines) =>
        Assert.AreEqual(string.Join('|', lines), string.Join('|', pane.Show(Rows, Columns, out _).Select(row => row.TrimEnd())));
}
