using System.Text;

namespace DevKit.CommandLine;

/// <summary>Reads a line that is nobody else's business, as bytes that can be wiped.</summary>
public static class SecretLine
{
    /// <summary>More than any UDS; what is longer is cut, and refused for its length.</summary>
    private const int Longest = 1024;

    // Where the input's encoding is none that takes it away.
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Whether a person types at a console, whose echo can be turned off.</summary>
    public static bool IsTyped(TextReader input) => ReferenceEquals(input, Console.In) && !Console.IsInputRedirected;

    /// <summary>
    /// Reads a line. At a console the keys are not echoed; from a file or a pipe, or from a reader that is not the console's, it is
    /// just read.
    /// </summary>
    /// <param name="input">Where it comes from.</param>
    /// <param name="encoding">How characters become bytes.</param>
    /// <returns>The line without its end, or null at the end of the input.</returns>
    public static byte[]? Read(TextReader input, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(encoding);
        return Read(line => IsTyped(input) ? ReadKeys(line) : ReadCharacters(input.Read, line), encoding);
    }

    /// <summary>
    /// Reads a line, byte by byte: what follows it is left to other readers of the input, as a <see cref="TextReader"/> does not.
    /// </summary>
    /// <param name="input">Where it comes from; a pipe or a file, not a console.</param>
    /// <returns>The line without its end, or null at the end of the input.</returns>
    public static byte[]? Read(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Read(line => ReadCharacters(input.ReadByte, line), Encoding.Latin1);
    }

    private static byte[]? Read(Func<char[], int> read, Encoding encoding)
    {
        char[] line = new char[Longest];
        try
        {
            int length = read(line);
            return length < 0 ? null : encoding.GetBytes(line, 0, length);
        }
        finally
        {
            Array.Clear(line);
        }
    }

    private static int ReadCharacters(Func<int> read, char[] line)
    {
        int length = 0;
        int character = read();
        if (character < 0)
        {
            return -1;
        }

        for (; character is >= 0 and not '\n'; character = read())
        {
            if (length < line.Length && character != ByteOrderMark)
            {
                line[length++] = (char)character;
            }
        }

        return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    }

    private static int ReadKeys(char[] line)
    {
        int length = 0;
        for (ConsoleKeyInfo key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                length = Math.Max(0, length - 1);
            }
            else if (key.KeyChar != '\0' && length < line.Length)
            {
                line[length++] = key.KeyChar;
            }
        }

        return length;
    }
}
