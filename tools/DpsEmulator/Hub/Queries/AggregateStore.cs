using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Hub.Queries;

/// <summary>Queries that tell of many devices at once.</summary>
internal sealed class AggregateStore(Database database)
{
    /// <summary>One object for each group, in the order of what they are grouped by.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="query">The query.</param>
    /// <param name="skip">How many objects to leave out.</param>
    /// <param name="limit">How many at most.</param>
    /// <exception cref="HubException">Something in the query cannot be.</exception>
    internal IReadOnlyList<JsonObject> Query(string hub, HubQuery query, int skip, int limit)
    {
        var compiler = new QueryCompiler();
        IReadOnlyList<QueryColumn> columns = query.Columns!;
        string[] groups = [.. query.GroupBy.Select(attribute => compiler.CompileAttribute(attribute).Json)];
        string[] selected = [.. columns.Select(column => column.Aggregate is { } aggregate
            ? Compile(compiler, aggregate, column.Value)
            : groups[FindGroup(query, column)])];
        string where = query.Where is null ? "1" : compiler.CompileCondition(query.Where);
        string group = groups.Length == 0 ? "" : $"GROUP BY {string.Join(", ", groups)} ORDER BY {string.Join(", ", groups)}";
        return database.Scan(
            $"SELECT {string.Join(", ", selected)} FROM device AS d WHERE d.hub = $hub AND {where} {group} LIMIT $limit OFFSET $skip",
            row =>
            {
                var result = new JsonObject();
                for (int i = 0; i < columns.Count; i++)
                {
                    if (!row.IsDBNull(i))
                    {
                        result[columns[i].Name] = JsonNode.Parse(row.GetString(i));
                    }
                }

                return result;
            },
            [("$hub", hub), ("$skip", skip), ("$limit", limit), .. compiler.Parameters]);
    }

    private static int FindGroup(HubQuery query, QueryColumn column) =>
        query.GroupBy.TakeWhile(group => !QueryPaths.AreSame(group, column.Value!)).Count();

    private static string Compile(QueryCompiler compiler, QueryAggregate aggregate, QueryExpression.Attribute? attribute)
    {
        string value = attribute is null
            ? "COUNT(*)"
            : $"{aggregate.ToString().ToUpperInvariant()}({compiler.CompileAttribute(attribute).AsNumber()})";
        return $"CASE WHEN {value} IS NOT NULL THEN json_quote({value}) END";
    }
}
