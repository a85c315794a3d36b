namespace DevKit.DpsEmulator.Hub.Queries;

/// <summary>A value of a condition in SQL, and of which kind it is: NULL for one that is not defined.</summary>
/// <param name="Value">The value: text, a number, or 1 and 0 for true and false.</param>
/// <param name="Kind">SQL of its kind: <c>'text'</c>, <c>'number'</c>, <c>'boolean'</c>, <c>'null'</c> or another.</param>
/// <param name="Json">SQL of its JSON.</param>
internal sealed record SqlOperand(string Value, string Kind, string Json)
{
    internal const string Text = "'text'";
    internal const string Number = "'number'";
    internal const string Boolean = "'boolean'";
    internal const string Null = "'null'";

    private static readonly Dictionary<string, string> JsonTypes = new(StringComparer.Ordinal)
    {
        [Text] = "('text')",
        [Number] = "('integer', 'real')",
        [Boolean] = "('true', 'false')",
        [Null] = "('null')",
    };

    /// <summary>Where a value comes from JSON: SQL of SQLite's name of its type.</summary>
    private string? JsonType { get; init; }

    /// <summary>A value whose kind is known.</summary>
    internal static SqlOperand Create(string value, string kind) => new(value, kind, $"json_quote({value})");

    /// <summary>A text, or NULL for <c>null</c>.</summary>
    internal static SqlOperand CreateNullable(string value) =>
        new(value, $"CASE WHEN {value} IS NULL THEN {Null} ELSE {Text} END", $"json_quote({value})");

    /// <summary>A true or false of SQL.</summary>
    internal static SqlOperand CreateBoolean(string value) =>
        new(value, Boolean, $"CASE WHEN {value} THEN 'true' ELSE 'false' END");

    /// <summary>A value in a column of JSON.</summary>
    internal static SqlOperand CreateJson(string column, string path)
    {
        string type = $"json_type({column}, {path})";
        string kind = $"CASE {type} WHEN 'integer' THEN {Number} WHEN 'real' THEN {Number} "
            + $"WHEN 'true' THEN {Boolean} WHEN 'false' THEN {Boolean} ELSE {type} END";
        return new SqlOperand($"json_extract({column}, {path})", kind, $"{column} -> {path}") { JsonType = type };
    }

    /// <summary>SQL that says whether it is of a kind; NULL when it is not defined.</summary>
    internal string Is(string kind) => JsonType is null ? $"{Kind} = {kind}" : $"{JsonType} IN {JsonTypes[kind]}";

    /// <summary>SQL of the value if it is a number, else NULL.</summary>
    internal string AsNumber() => Kind == Number ? Value : $"CASE WHEN {Is(Number)} THEN {Value} END";
}
