using System.Text;

namespace DevKit.Sim.Run;

/// <summary>The last lines that a serial port sent, as a terminal shows them: CR, LF, backspace and text.</summary>
internal sealed class SerialTerminal(int keptLines)
{
    private readonly List<StringBuilder> _lines = [new()];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private int _column;

    public void Take(byte[] bytes)
    {
        char[] text = new char[bytes.Length + 1];
        int count = _decoder.GetChars(bytes, text, flush: false);
        foreach (char c in text.AsSpan(0, count))
        {
            Take(c);
        }
    }

    /// <summary>The last so many lines.</summary>
    public IReadOnlyList<string> Last(int count) => [.. _lines.Skip(Math.Max(0, _lines.Count - count)).Select(line => line.ToString())];

    private void Take(char c)
    {
        StringBuilder line = _lines[^1];
        switch (c)
        {
            case '\r':
                _column = 0;
                break;
            case '\n':
                _lines.Add(new StringBuilder());
                _column = 0;
                if (_lines.Count > keptLines)
                {
                    _lines.RemoveAt(0);
                }

                break;
            case '\b':
                _column = Math.Max(0, _column - 1);
                break;
            case >= ' ':
                if (_column < line.Length)
                {
                    line[_column] = c;
                }
                else
                {
                    line.Append(c);
                }

                _column++;
                break;
        }
    }
}
