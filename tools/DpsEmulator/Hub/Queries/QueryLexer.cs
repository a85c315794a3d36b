using System.Globalization;
using System.Text;

namespace DevKit.DpsEmulator.Hub.Queries;

/// <summary>Splits a query into tokens.</summary>
internal sealed class QueryLexer(string text)
{
    private static readonly string[] Signs = ["<=", ">=", "<>", "!=", "<", ">", "=", "(", ")", "[", "]", ",", ".", "*", "+", "-", "/", "%"];

    private int _position;

    /// <summary>All tokens, the end behind them.</summary>
    /// <exception cref="HubException">There is something that is none.</exception>
    internal List<QueryToken> ReadAll()
    {
        var tokens = new List<QueryToken>();
        do
        {
            tokens.Add(ReadNext());
        }
        while (tokens[^1].Kind != QueryTokenKind.End);
        return tokens;
    }

    /// <summary>What is wrong with a query, and where.</summary>
    internal static HubException CreateError(int position, string problem) =>
        HubException.Invalid($"The query is not understood at character {position + 1}: {problem}");

    private QueryToken ReadNext()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }

        if (_position == text.Length)
        {
            return new QueryToken(QueryTokenKind.End, "", _position);
        }

        char first = text[_position];
        if (first is '\'' or '"')
        {
            return ReadText(first);
        }

        if (char.IsAsciiDigit(first))
        {
            return Read(QueryTokenKind.Number, IsNumberPart);
        }

        if (char.IsLetter(first) || first is '_' or '$')
        {
            return Read(QueryTokenKind.Name, index => char.IsLetterOrDigit(text[index]) || text[index] is '_' or '$');
        }

        return text.AsSpan(_position).StartsWith("[[") ? ReadQuotedName() : ReadSign();
    }

    /// <summary>Digits, a point, hexadecimal digits behind 0x, and an exponent with its sign.</summary>
    private bool IsNumberPart(int index) => char.IsAsciiLetterOrDigit(text[index]) || text[index] == '.'
        || (text[index] is '+' or '-' && text[index - 1] is 'e' or 'E' && text[_position + 1] is not 'x' and not 'X');

    private QueryToken Read(QueryTokenKind kind, Func<int, bool> belongs)
    {
        int start = _position;
        int end = start + 1;
        while (end < text.Length && belongs(end))
        {
            end++;
        }

        _position = end;
        return new QueryToken(kind, text[start..end], start);
    }

    private QueryToken ReadQuotedName()
    {
        int start = _position;
        int end = text.IndexOf("]]", start, StringComparison.Ordinal);
        if (end < 0)
        {
            throw CreateError(start, "'[[' has no ']]' behind it.");
        }

        _position = end + 2;
        return new QueryToken(QueryTokenKind.QuotedName, text[(start + 2)..end], start);
    }

    private QueryToken ReadSign()
    {
        string rest = text[_position..];
        string sign = Array.Find(Signs, sign => rest.StartsWith(sign, StringComparison.Ordinal))
            ?? throw CreateError(_position, $"'{rest[0]}' stands where nothing like that can.");
        int start = _position;
        _position += sign.Length;
        return new QueryToken(QueryTokenKind.Sign, sign, start);
    }

    /// <summary>A text, with the escapes \', \", \\ and \uXXXX; a quote twice is one.</summary>
    private QueryToken ReadText(char quote)
    {
        int start = _position++;
        var value = new StringBuilder();
        while (_position < text.Length)
        {
            char next = text[_position++];
            if (next == '\\')
            {
                value.Append(ReadEscape());
            }
            else if (next != quote)
            {
                value.Append(next);
            }
            else if (_position < text.Length && text[_position] == quote)
            {
                value.Append(text[_position++]);
            }
            else
            {
                return new QueryToken(QueryTokenKind.Text, value.ToString(), start);
            }
        }

        throw CreateError(start, $"the text has no {quote} at its end.");
    }

    private char ReadEscape()
    {
        char escaped = _position < text.Length ? text[_position++] : ' ';
        if (escaped is '\'' or '"' or '\\')
        {
            return escaped;
        }

        if (escaped == 'u' && _position + 4 <= text.Length
            && ushort.TryParse(
                text.AsSpan(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
        {
            _position += 4;
            return (char)unit;
        }

        throw CreateError(_position - 2, "here are the escapes \\', \\\", \\\\ and \\uXXXX.");
    }
}
