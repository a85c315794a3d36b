using System.Globalization;

namespace DevKit.CertGen.Batch;

/// <summary>Finds the rows of several boards that have a value of which each board should have its own.</summary>
internal sealed class SharedValues
{
    // A table may have one value throughout; a line of refusal stays one that can be read.
    private const int MostNamed = 5;

    private List<Entry> _entries = [];
    private readonly Dictionary<int, Entry[]> _shared = [];

    /// <summary>Adds a row: 16 bytes are kept of it until the rows are compared.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="value">The value's digest: of a million rows one in 30 million tables has two that are alike by chance.</param>
    /// <param name="board">The board's.</param>
    public void Add(int line, ulong value, uint board) => _entries.Add(new Entry(value, board, line));

    /// <summary>Compares all rows, and keeps those alone that share a value.</summary>
    public void Compare()
    {
        _entries.Sort();
        for (int start = 0, end; start < _entries.Count; start = end)
        {
            for (end = start + 1; end < _entries.Count && _entries[end].Value == _entries[start].Value; end++)
            {
            }

            if (end - start > 1)
            {
                Keep([.. _entries.GetRange(start, end - start)]);
            }
        }

        _entries = [];
    }

    /// <summary>The lines of other boards that have a row's value.</summary>
    /// <param name="line">The row's line.</param>
    /// <returns>As in "line 3" or "lines 3, 7"; null when it is alone.</returns>
    public string? FindOthers(int line)
    {
        if (!_shared.TryGetValue(line, out Entry[]? group))
        {
            return null;
        }

        uint board = group.First(entry => entry.Line == line).Board;
        int[] others = [.. group.Where(entry => entry.Board != board).Select(entry => entry.Line)];
        string named = string.Join(", ", others.Take(MostNamed));
        return others.Length == 1 ? $"line {named}"
            : others.Length <= MostNamed ? $"lines {named}"
            : string.Create(CultureInfo.InvariantCulture, $"lines {named} and {others.Length - MostNamed} more");
    }

    private void Keep(Entry[] group)
    {
        if (Array.Exists(group, entry => entry.Board != group[0].Board))
        {
            Array.ForEach(group, entry => _shared.Add(entry.Line, group));
        }
    }

    private readonly record struct Entry(ulong Value, uint Board, int Line) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => (Value, Line).CompareTo((other.Value, other.Line));
    }
}
