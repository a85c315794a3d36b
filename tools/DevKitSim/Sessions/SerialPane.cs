namespace DevKit.Sim.Sessions;

/// <summary>The part of a serial terminal that is in sight: its end, or what was scrolled back to, which then stands still.</summary>
internal sealed class SerialPane(SerialTerminal terminal)
{
    private const int NotInSight = -1;

    // What the first row in sight begins with; null while the end is in sight.
    private (int Line, int Place)? _top;
    private int _rows = 1;
    private int _columns = 1;

    /// <summary>Whether it is scrolled back.</summary>
    public bool IsScrolledBack => _top != null;

    /// <summary>The rows in sight.</summary>
    /// <param name="rows">How many rows at the most.</param>
    /// <param name="columns">How long a row is; a longer line goes on in the next one, if it can with a whole word.</param>
    /// <param name="cursorColumn">
    /// Where in the last row the cursor stands, which reaches at least that far; -1 when it is not in sight.
    /// </param>
    public IReadOnlyList<string> Show(int rows, int columns, out int cursorColumn)
    {
        (_rows, _columns) = (rows, columns);
        List<Row> all = BreakLines(out cursorColumn);
        int first = FindFirst(all);
        int end = Math.Min(all.Count, first + rows);
        cursorColumn = end == all.Count ? cursorColumn : NotInSight;
        return [.. all.Take(first..end).Select(row => row.Text)];
    }

    /// <summary>Scrolls back by a page, but for a row.</summary>
    public void PageUp()
    {
        List<Row> all = BreakLines(out _);
        int first = FindFirst(all);
        if (first > 0)
        {
            _top = all[Math.Max(0, first - PageRows)].Start;
        }
    }

    /// <summary>Scrolls on by a page, but for a row; at the end it follows what comes.</summary>
    public void PageDown()
    {
        List<Row> all = BreakLines(out _);
        int first = FindFirst(all) + PageRows;
        _top = first < all.Count - _rows ? all[first].Start : null;
    }

    /// <summary>Goes to the end, and follows what comes.</summary>
    public void Follow() => _top = null;

    private int PageRows => Math.Max(1, _rows - 1);

    private int FindFirst(List<Row> all)
    {
        int last = Math.Max(0, all.Count - _rows);
        return _top is { } top ? Math.Clamp(all.FindLastIndex(row => row.Start.CompareTo(top) <= 0), 0, last) : last;
    }

    /// <summary>All rows up to the cursor's, which is the last one unless it was moved back into a long line.</summary>
    private List<Row> BreakLines(out int cursorColumn)
    {
        List<Row> all = [];
        for (int i = 0; i < terminal.Count - 1; i++)
        {
            AddRows(all, i, terminal.Read(i), NotInSight);
        }

        int lastLine = terminal.Count - 1;
        int cursor = terminal.Column;
        AddRows(all, lastLine, terminal.Read(lastLine).PadRight(cursor + 1), cursor);
        int cursorRow = all.FindLastIndex(row => row.Start.Place <= cursor);
        all.RemoveRange(cursorRow + 1, all.Count - cursorRow - 1);
        cursorColumn = cursor - all[^1].Start.Place;
        return all;
    }

    private void AddRows(List<Row> rows, int index, string line, int cursor)
    {
        foreach (Range range in WordWrap.Break(line, _columns, cursor))
        {
            rows.Add(new Row((terminal.Dropped + index, range.Start.Value), line[range]));
        }
    }

    /// <summary>A row, and where it begins: the line, counted from the first that ever came, and the place in it.</summary>
    private readonly record struct Row((int Line, int Place) Start, string Text);
}
