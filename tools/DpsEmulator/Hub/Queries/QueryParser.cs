using System.Globalization;
using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Hub.Queries;

/// <summary>Parses a query, as <see cref="HubQuery"/> describes it; its conditions are <see cref="ConditionParser"/>'s.</summary>
internal sealed class QueryParser
{
    /// <summary>The longest query that a hub takes, characters.</summary>
    private const int MaximumLength = 8192;

    private readonly QueryReader _reader;

    private QueryParser(QueryReader reader) => _reader = reader;

    /// <exception cref="HubException">It is none that is understood; the message says where.</exception>
    internal static HubQuery Parse(string text)
    {
        if (text.Length > MaximumLength)
        {
            throw HubException.Invalid($"The query has {text.Length} characters: {MaximumLength} are allowed.");
        }

        return new QueryParser(new QueryReader(new QueryLexer(text).ReadAll())).ParseQuery();
    }

    private HubQuery ParseQuery()
    {
        _reader.Expect("SELECT");
        int? top = _reader.TryTake("TOP") ? ParseTop() : null;
        IReadOnlyList<QueryColumn>? columns = _reader.TryTakeSign("*") ? null : ParseColumns();
        _reader.Expect("FROM");
        ParseCollection();
        QueryExpression? where = _reader.TryTake("WHERE") ? new ConditionParser(_reader).Parse() : null;
        IReadOnlyList<QueryExpression.Attribute> groupBy = [];
        if (_reader.TryTake("GROUP"))
        {
            _reader.Expect("BY");
            groupBy = ParseList(ConditionParser.ParseAttribute);
        }

        if (_reader.Next.Kind != QueryTokenKind.End)
        {
            throw QueryLexer.CreateError(
                _reader.Next.Position, $"'{LogText.Clean(_reader.Next.Text)}' stands where the query has to end.");
        }

        var query = new HubQuery(columns, top, where, groupBy);
        Validate(query);
        return query;
    }

    private int ParseTop()
    {
        QueryToken number = _reader.Take();
        return number.Kind == QueryTokenKind.Number
            && int.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int top) && top > 0
            ? top
            : throw QueryLexer.CreateError(number.Position, "TOP has a number above 0.");
    }

    private void ParseCollection()
    {
        QueryToken collection = _reader.Take();
        if (!collection.Text.Equals("devices", StringComparison.OrdinalIgnoreCase) || _reader.Next.Text == ".")
        {
            throw QueryLexer.CreateError(
                collection.Position, "FROM takes 'devices' here: there are no modules and no jobs in this emulator.");
        }
    }

    private List<QueryColumn> ParseColumns()
    {
        int number = 0;
        return ParseList(_ => ParseColumn(++number));
    }

    private QueryColumn ParseColumn(int number)
    {
        QueryToken first = _reader.Next;
        QueryAggregate? aggregate = null;
        QueryExpression.Attribute? attribute = null;
        string name = $"${number}";
        if (_reader.IsCall && Enum.TryParse(first.Text, ignoreCase: true, out QueryAggregate known))
        {
            aggregate = known;
            _reader.Take();
            attribute = ParseArgument(known);
        }
        else
        {
            attribute = ConditionParser.ParseAttribute(_reader);
            name = attribute.Path[^1];
        }

        return new QueryColumn(_reader.TryTake("AS") ? _reader.TakeName() : name, attribute, aggregate);
    }

    /// <summary><c>()</c>, <c>(*)</c> or <c>(1)</c> of COUNT, and an attribute of the others.</summary>
    private QueryExpression.Attribute? ParseArgument(QueryAggregate aggregate)
    {
        _reader.ExpectSign("(");
        QueryExpression.Attribute? attribute = null;
        if (aggregate != QueryAggregate.Count)
        {
            attribute = ConditionParser.ParseAttribute(_reader);
        }
        else if (_reader.Next.Text is "*" or "1")
        {
            _reader.Take();
        }

        _reader.ExpectSign(")");
        return attribute;
    }

    private List<T> ParseList<T>(Func<QueryReader, T> parse)
    {
        var items = new List<T>();
        do
        {
            items.Add(parse(_reader));
        }
        while (_reader.TryTakeSign(","));
        return items;
    }

    private static void Validate(HubQuery query)
    {
        if (query.GroupBy.Count > 0 && query.Columns is null)
        {
            throw QueryLexer.CreateError(query.GroupBy[0].Position, "GROUP BY needs the attributes and aggregates that SELECT names.");
        }

        QueryColumn? stray = query.IsAggregate
            ? query.Columns!.FirstOrDefault(column =>
                column.Aggregate is null && !query.GroupBy.Any(group => QueryPaths.AreSame(group, column.Value!)))
            : null;
        if (stray is not null)
        {
            throw QueryLexer.CreateError(stray.Value!.Position, $"'{stray.Name}' is neither an aggregate nor in GROUP BY.");
        }
    }
}
