using System.Globalization;
using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Hub.Queries;

/// <summary>Parses a condition: OR binds least, then AND, NOT, comparisons, + and -, and *, / and %.</summary>
internal sealed class ConditionParser(QueryReader reader)
{
    /// <summary>How many operators and parentheses a condition may have: SQLite's expressions are at most 1000 deep.</summary>
    private const int MaximumOperators = 200;

    private static readonly string[] Comparisons = ["=", "!=", "<>", "<=", ">=", "<", ">"];

    private int _operators;

    /// <exception cref="HubException">It is none that is understood.</exception>
    internal QueryExpression Parse()
    {
        QueryExpression left = ParseAnd();
        while (reader.Next is { } or && reader.TryTake("OR"))
        {
            Count(or);
            left = new QueryExpression.Binary(or.Position, "OR", left, ParseAnd());
        }

        return left;
    }

    /// <summary>A path such as <c>properties.reported.fan</c>, with or without <c>devices.</c> before it.</summary>
    /// <exception cref="HubException">It is none.</exception>
    internal static QueryExpression.Attribute ParseAttribute(QueryReader reader)
    {
        int position = reader.Next.Position;
        var path = new List<string> { reader.TakeName() };
        while (reader.TryTakeSign("."))
        {
            path.Add(reader.TakeName());
        }

        if (path.Count > 1 && path[0].Equals("devices", StringComparison.OrdinalIgnoreCase))
        {
            path.RemoveAt(0);
        }

        if (path.FirstOrDefault(part => part.Length == 0 || part.Contains('"', StringComparison.Ordinal)) is { } bad)
        {
            throw QueryLexer.CreateError(position, $"'{LogText.Clean(bad)}' is no name that a query can have.");
        }

        return new QueryExpression.Attribute(position, QueryPaths.Normalize(path, position));
    }

    private QueryExpression ParseAnd()
    {
        QueryExpression left = ParseNot();
        while (reader.Next is { } and && reader.TryTake("AND"))
        {
            Count(and);
            left = new QueryExpression.Binary(and.Position, "AND", left, ParseNot());
        }

        return left;
    }

    private QueryExpression ParseNot()
    {
        var nots = new Stack<int>();
        while (reader.Next is { } not && reader.TryTake("NOT"))
        {
            Count(not);
            nots.Push(not.Position);
        }

        QueryExpression condition = ParseComparison();
        while (nots.TryPop(out int position))
        {
            condition = new QueryExpression.Not(position, condition);
        }

        return condition;
    }

    private QueryExpression ParseComparison()
    {
        QueryExpression left = ParseSum();
        QueryToken next = reader.Next;
        if (next.Kind == QueryTokenKind.Sign && Comparisons.Contains(next.Text))
        {
            reader.Take();
            return new QueryExpression.Binary(next.Position, next.Text == "<>" ? "!=" : next.Text, left, ParseSum());
        }

        if (reader.TryTake("IN"))
        {
            return new QueryExpression.In(next.Position, left, ParseItems());
        }

        return reader.TryTake("NIN")
            ? new QueryExpression.Not(next.Position, new QueryExpression.In(next.Position, left, ParseItems()))
            : left;
    }

    private QueryExpression ParseSum()
    {
        QueryExpression left = ParseProduct();
        while (reader.Next is { Kind: QueryTokenKind.Sign, Text: "+" or "-" } sign)
        {
            Count(reader.Take());
            left = new QueryExpression.Binary(sign.Position, sign.Text, left, ParseProduct());
        }

        return left;
    }

    private QueryExpression ParseProduct()
    {
        QueryExpression left = ParseOperand();
        while (reader.Next is { Kind: QueryTokenKind.Sign, Text: "*" or "/" or "%" } sign)
        {
            Count(reader.Take());
            left = new QueryExpression.Binary(sign.Position, sign.Text, left, ParseOperand());
        }

        return left;
    }

    private QueryExpression ParseOperand()
    {
        QueryToken next = reader.Next;
        if (reader.TryTakeSign("("))
        {
            Count(next);
            QueryExpression inner = Parse();
            reader.ExpectSign(")");
            return inner;
        }

        if (reader.TryTakeSign("-"))
        {
            QueryToken number = reader.Take();
            return new QueryExpression.Constant(next.Position, -ParseNumber(number));
        }

        return next.Kind switch
        {
            QueryTokenKind.Text => new QueryExpression.Constant(next.Position, reader.Take().Text),
            QueryTokenKind.Number => new QueryExpression.Constant(next.Position, ParseNumber(reader.Take())),
            QueryTokenKind.Name when reader.IsCall => ParseCall(),
            QueryTokenKind.Name when reader.TryTake("true") => new QueryExpression.Constant(next.Position, true),
            QueryTokenKind.Name when reader.TryTake("false") => new QueryExpression.Constant(next.Position, false),
            QueryTokenKind.Name when reader.TryTake("null") => new QueryExpression.Constant(next.Position, null),
            _ => ParseAttribute(reader),
        };
    }

    private QueryExpression.Call ParseCall()
    {
        QueryToken name = reader.Take();
        Count(name);
        reader.ExpectSign("(");
        var arguments = new List<QueryExpression>();
        if (!reader.TryTakeSign(")"))
        {
            do
            {
                arguments.Add(Parse());
            }
            while (reader.TryTakeSign(","));
            reader.ExpectSign(")");
        }

        return new QueryExpression.Call(name.Position, name.Text.ToUpperInvariant(), arguments);
    }

    /// <summary>Constants in brackets, or in parentheses as SQL has them.</summary>
    private List<QueryExpression> ParseItems()
    {
        bool isParenthesis = reader.TryTakeSign("(");
        if (!isParenthesis)
        {
            reader.ExpectSign("[");
        }

        var items = new List<QueryExpression>();
        do
        {
            QueryExpression item = ParseOperand();
            items.Add(item is QueryExpression.Constant
                ? item
                : throw QueryLexer.CreateError(item.Position, "IN takes constants: texts, numbers, true, false and null."));
        }
        while (reader.TryTakeSign(","));
        reader.ExpectSign(isParenthesis ? ")" : "]");
        return items;
    }

    private void Count(QueryToken token)
    {
        if (++_operators > MaximumOperators)
        {
            throw QueryLexer.CreateError(
                token.Position, $"the condition has more than {MaximumOperators} operators, functions and parentheses.");
        }
    }

    private static double ParseNumber(QueryToken token)
    {
        if (token.Kind == QueryTokenKind.Number)
        {
            if (token.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                && long.TryParse(token.Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hexadecimal))
            {
                return hexadecimal;
            }

            if (double.TryParse(
                token.Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number))
            {
                return number;
            }
        }

        throw QueryLexer.CreateError(token.Position, $"'{LogText.Clean(token.Text)}' is no number.");
    }
}
