using System.Text;

namespace DevKit.Sim.Sessions;

/// <summary>The last lines that a serial port sent, as a terminal shows them: CR, LF, backspace and text.</summary>
internal sealed class SerialTerminal(int keptLines)
{
    private readonly List<StringBuilder> _lines = [new()];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>Where the next character goes in the last line.</summary>
    public int Column { get; private set; }

    /// <summary>How many lines are kept; the last one is where the user types.</summary>
    public int Count => _lines.Count;

    /// <summary>How many lines came before those that are kept.</summary>
    public int Dropped { get; private set; }

    /// <summary>A line's text.</summary>
    /// <param name="index">Which of those that are kept.</param>
    public string Read(int index) => _lines[index].ToString();

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
            Dropped++;
        }
    }
}
