using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Hub.Queries;

/// <summary>
/// Translates conditions to SQL. Values of different kinds are never equal nor less, and what depends on an attribute that is not
/// defined is neither true nor false, which is what SQL's NULL does.
/// </summary>
internal sealed class QueryCompiler
{
    private readonly List<(string Name, object? Value)> _parameters = [];

    /// <summary>The values of all that was compiled.</summary>
    internal IReadOnlyList<(string Name, object? Value)> Parameters => _parameters;

    /// <exception cref="HubException">Something in it cannot be.</exception>
    internal static SqlFilter? Compile(QueryExpression? where)
    {
        var compiler = new QueryCompiler();
        return where is null ? null : new SqlFilter(compiler.CompileCondition(where), compiler.Parameters);
    }

    /// <summary>SQL of a condition.</summary>
    internal string CompileCondition(QueryExpression expression) => expression switch
    {
        QueryExpression.Constant constant => constant.Value is true ? "1" : "0",
        QueryExpression.Not not => $"NOT {CompileCondition(not.Operand)}",
        QueryExpression.Binary { Operator: "AND" or "OR" } both =>
            $"({CompileCondition(both.Left)} {both.Operator} {CompileCondition(both.Right)})",
        QueryExpression.Binary { Operator: "=" or "!=" } both => CompileEquality(both),
        QueryExpression.Binary { Operator: "<" or "<=" or ">" or ">=" } both => CompileOrder(both),
        QueryExpression.In among => CompileIn(among),
        QueryExpression.Call call => CompileCall(call),
        QueryExpression.Attribute attribute => IsTrue(CompileAttribute(attribute)),
        _ => throw QueryLexer.CreateError(expression.Position, "this is a number, where a condition has to stand."),
    };

    /// <summary>SQL of an attribute.</summary>
    internal SqlOperand CompileAttribute(QueryExpression.Attribute attribute) => QueryPaths.Resolve(attribute, AddParameter);

    private static string IsTrue(SqlOperand operand) => $"({operand.Is(SqlOperand.Boolean)} AND {operand.Value})";

    private SqlOperand CompileOperand(QueryExpression expression) => expression switch
    {
        QueryExpression.Constant { Value: string text } => SqlOperand.Create(AddParameter(text), SqlOperand.Text),
        QueryExpression.Constant { Value: double number } => SqlOperand.Create(AddParameter(number), SqlOperand.Number),
        QueryExpression.Constant { Value: bool flag } => SqlOperand.Create(flag ? "1" : "0", SqlOperand.Boolean),
        QueryExpression.Constant => SqlOperand.Create("NULL", SqlOperand.Null),
        QueryExpression.Attribute attribute => CompileAttribute(attribute),
        QueryExpression.Binary { Operator: "+" or "-" or "*" or "/" or "%" } both => CompileArithmetic(both),
        QueryExpression.Call call => throw CreateError(call),
        _ => throw QueryLexer.CreateError(expression.Position, "this is a condition, where a value has to stand."),
    };

    private string CompileEquality(QueryExpression.Binary both)
    {
        SqlOperand left = CompileOperand(both.Left);
        SqlOperand right = CompileOperand(both.Right);
        string equal = CompileEqual(left, right, both.Left is QueryExpression.Constant);
        return both.Operator == "="
            ? equal
            : $"CASE WHEN {left.Kind} IS NOT NULL AND {right.Kind} IS NOT NULL THEN NOT {equal} END";
    }

    private static string CompileEqual(SqlOperand left, SqlOperand right, bool isLeftConstant)
    {
        (SqlOperand known, SqlOperand other) = isLeftConstant ? (left, right) : (right, left);
        return known.Kind switch
        {
            SqlOperand.Null => $"({other.Is(SqlOperand.Null)})",
            SqlOperand.Text or SqlOperand.Number or SqlOperand.Boolean => $"({other.Is(known.Kind)} AND {other.Value} = {known.Value})",
            _ => $"({other.Kind} = {known.Kind} AND {other.Value} IS {known.Value})",
        };
    }

    private string CompileOrder(QueryExpression.Binary both)
    {
        SqlOperand left = CompileOperand(both.Left);
        SqlOperand right = CompileOperand(both.Right);
        return $"({left.Kind} = {right.Kind} AND {left.Kind} IN ({SqlOperand.Text}, {SqlOperand.Number}) "
            + $"AND {left.Value} {both.Operator} {right.Value})";
    }

    private SqlOperand CompileArithmetic(QueryExpression.Binary both)
    {
        string left = CompileOperand(both.Left).AsNumber();
        string right = CompileOperand(both.Right).AsNumber();
        return SqlOperand.Create(
            both.Operator == "%" ? $"mod({left}, {right})" : $"({left} * 1.0 {both.Operator} {right})", SqlOperand.Number);
    }

    private string CompileIn(QueryExpression.In among)
    {
        SqlOperand operand = CompileOperand(among.Operand);
        IEnumerable<string> kinds = among.Items.Select(CompileOperand).GroupBy(item => item.Kind).Select(kind =>
            kind.Key == SqlOperand.Null
                ? operand.Is(SqlOperand.Null)
                : $"{operand.Is(kind.Key)} AND {operand.Value} IN ({string.Join(", ", kind.Select(item => item.Value))})");
        return $"({string.Join(" OR ", kinds)})";
    }

    private string CompileCall(QueryExpression.Call call)
    {
        switch (call)
        {
            case { Function: "IS_DEFINED", Arguments: [QueryExpression.Attribute attribute] }:
                return $"({CompileAttribute(attribute).Kind} IS NOT NULL)";
            case { Function: "STARTSWITH" or "STARTS_WITH", Arguments: [var value, QueryExpression.Constant { Value: string start }] }:
                SqlOperand text = CompileOperand(value);
                string prefix = AddParameter(start);
                return $"({text.Is(SqlOperand.Text)} AND substr({text.Value}, 1, length({prefix})) = {prefix})";
            default:
                throw CreateError(call);
        }
    }

    private static HubException CreateError(QueryExpression.Call call) => QueryLexer.CreateError(
        call.Position,
        $"'{LogText.Clean(call.Function)}': the functions are IS_DEFINED(attribute) and STARTSWITH(attribute, 'text'), as conditions.");

    private string AddParameter(object value)
    {
        string name = $"$q{_parameters.Count}";
        _parameters.Add((name, value));
        return name;
    }
}
