using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Hub.Queries;

/// <summary>The tokens of a query, one after the other.</summary>
internal sealed class QueryReader(List<QueryToken> tokens)
{
    private int _index;

    /// <summary>The next token.</summary>
    internal QueryToken Next => tokens[_index];

    /// <summary>Whether the next token is the name of a function.</summary>
    internal bool IsCall => Next.Kind == QueryTokenKind.Name && tokens[_index + 1] is { Kind: QueryTokenKind.Sign, Text: "(" };

    internal QueryToken Take() => Next.Kind == QueryTokenKind.End ? Next : tokens[_index++];

    internal bool TryTake(string keyword) => TryTake(QueryTokenKind.Name, keyword);

    internal bool TryTakeSign(string sign) => TryTake(QueryTokenKind.Sign, sign);

    /// <exception cref="HubException">It is another.</exception>
    internal void Expect(string keyword) => Require(TryTake(keyword), keyword);

    /// <exception cref="HubException">It is another.</exception>
    internal void ExpectSign(string sign) => Require(TryTakeSign(sign), sign);

    /// <exception cref="HubException">It is no name.</exception>
    internal string TakeName()
    {
        Require(Next.Kind is QueryTokenKind.Name or QueryTokenKind.QuotedName, "a name");
        return Take().Text;
    }

    /// <exception cref="HubException">The next token is not what has to come.</exception>
    internal void Require(bool condition, string expected)
    {
        if (!condition)
        {
            string found = Next.Kind == QueryTokenKind.End ? "its end" : $"'{LogText.Clean(Next.Text)}'";
            throw QueryLexer.CreateError(Next.Position, $"{expected} has to stand where {found} is.");
        }
    }

    private bool TryTake(QueryTokenKind kind, string text)
    {
        bool matches = Next.Kind == kind && Next.Text.Equals(text, StringComparison.OrdinalIgnoreCase);
        _index += matches ? 1 : 0;
        return matches;
    }
}
