using System.Text;

namespace DevKit.Sim.Sessions;

/// <summary>The last lines that a serial port sent, as a terminal shows them: CR, LF, backspace and text.</summary>
internal sealed class SerialTerminal(int keptLines)
{
    private readonly List<StringBuilder> _lines = [new()];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>Where the next character goes in the last line.</summary>
    public int Column { get; private set; }

    /// <summary>Receives what the port sent; a character of several bytes may come in pieces.</summary>
    public void Write(byte[] bytes)
    {
        char[] text = new char[_decoder.GetCharCount(bytes, flush: false)];
        _decoder.GetChars(bytes, text, flush: false);
        foreach (char c in text)
        {
            Write(c);
        }
    }

    /// <summary>Puts a line of its own above the last one, which is where the user types.</summary>
    public void Insert(string line)
    {
        _lines.Insert(_lines.Count - 1, new StringBuilder(line));
        DropOldest();
    }

    /// <summary>The last so many rows of a terminal so many columns wide.</summary>
    /// <param name="rows">How many rows at the most.</param>
    /// <param name="columns">A longer line goes on in the next row.</param>
    /// <param name="cursorColumn">Where in the last row the cursor stands; the row reaches at least that far.</param>
    public IReadOnlyList<string> Show(int rows, int columns, out int cursorColumn)
    {
        cursorColumn = Column % columns;
        List<string> shown = [];
        foreach (StringBuilder line in _lines.TakeLast(rows))
        {
            bool isLast = line == _lines[^1];
            string text = line.ToString().PadRight(isLast ? Column + 1 : 0);
            shown.AddRange(text.Length == 0 ? [""] : text.Chunk(columns).Select(part => new string(part)));
        }

        // The cursor's row is the last one unless it was moved back into a long line.
        int behindCursor = (Math.Max(_lines[^1].Length, Column + 1) - 1) / columns - (Column / columns);
        return [.. shown.SkipLast(behindCursor).TakeLast(rows)];
    }

    private void Write(char c)
    {
        StringBuilder line = _lines[^1];
        switch (c)
        {
            case '\r':
                Column = 0;
                break;
            case '\n':
                _lines.Add(new StringBuilder());
                Column = 0;
                DropOldest();
                break;
            case '\b':
                Column = Math.Max(0, Column - 1);
                break;
            case >= ' ' and not '\x7F':
                if (Column < line.Length)
                {
                    line[Column] = c;
                }
                else
                {
                    line.Append(c);
                }

                Column++;
                break;
        }
    }

    private void DropOldest()
    {
        if (_lines.Count > keptLines)
        {
            _lines.RemoveAt(0);
        }
    }
}
