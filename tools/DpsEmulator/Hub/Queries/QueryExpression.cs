namespace DevKit.DpsEmulator.Hub.Queries;

/// <summary>A part of a query's condition.</summary>
/// <param name="Position">Where it begins in the query, from 0.</param>
internal abstract record QueryExpression(int Position)
{
    /// <summary>A text, number or Boolean; null for <c>null</c>.</summary>
    internal sealed record Constant(int Position, object? Value) : QueryExpression(Position);

    /// <summary>An attribute of the twin, such as <c>tags.site</c>.</summary>
    internal sealed record Attribute(int Position, IReadOnlyList<string> Path) : QueryExpression(Position);

    /// <summary><c>NOT x</c>.</summary>
    internal sealed record Not(int Position, QueryExpression Operand) : QueryExpression(Position);

    /// <summary>A comparison, an arithmetic operation, <c>AND</c> or <c>OR</c>.</summary>
    internal sealed record Binary(int Position, string Operator, QueryExpression Left, QueryExpression Right) : QueryExpression(Position);

    /// <summary><c>x IN [...]</c>.</summary>
    internal sealed record In(int Position, QueryExpression Operand, IReadOnlyList<QueryExpression> Items) : QueryExpression(Position);

    /// <summary>A function, by its name in upper case.</summary>
    internal sealed record Call(int Position, string Function, IReadOnlyList<QueryExpression> Arguments) : QueryExpression(Position);
}
