namespace DevKit.DpsEmulator.Hub;

/// <summary>Which devices of a hub: a condition of SQL on a row of <c>device AS d</c>, whose values are parameters.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Values">Its parameters.</param>
internal sealed record SqlFilter(string Condition, IReadOnlyList<(string Name, object? Value)> Values);
