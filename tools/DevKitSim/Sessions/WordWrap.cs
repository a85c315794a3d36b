namespace DevKit.Sim.Sessions;

/// <summary>Breaks a line into the rows of a terminal: behind a blank where there is one, else in the middle of a word.</summary>
internal static class WordWrap
{
    /// <summary>The rows of a line: the ranges of its text, none longer than a row.</summary>
    /// <param name="text">The line.</param>
    /// <param name="columns">How long a row is.</param>
    /// <param name="cursor">
    /// A place that is to be seen, or -1. Of other blanks, the one that would begin a row stands in none.
    /// </param>
    public static List<Range> Break(ReadOnlySpan<char> text, int columns, int cursor)
    {
        List<Range> rows = [];
        int start = 0;
        while (text.Length - start > columns)
        {
            int end = start + columns;
            if (text[end] == ' ' && end != cursor)
            {
                rows.Add(start..end);
                start = end + 1;
                continue;
            }

            int blank = text[start..end].LastIndexOf(' ');
            end = blank < 0 ? end : start + blank + 1;
            rows.Add(start..end);
            start = end;
        }

        if (start < text.Length || rows.Count == 0)
        {
            rows.Add(start..text.Length);
        }

        return rows;
    }
}
