namespace DevKit.DpsEmulator.Hub.Queries;

/// <summary>
/// A query of a hub's language: <c>SELECT [TOP n] list FROM devices [WHERE condition] [GROUP BY attributes]</c>.
/// </summary>
/// <param name="Columns">What is selected; null for the whole twin.</param>
/// <param name="Top">How many results at most; null for all.</param>
/// <param name="Where">Which devices; null for all.</param>
/// <param name="GroupBy">What the devices are grouped by; empty for nothing.</param>
internal sealed record HubQuery(
    IReadOnlyList<QueryColumn>? Columns, int? Top, QueryExpression? Where, IReadOnlyList<QueryExpression.Attribute> GroupBy)
{
    /// <summary>Whether its results tell of groups of devices, or of all of them.</summary>
    internal bool IsAggregate => GroupBy.Count > 0 || Columns?.Any(column => column.Aggregate is not null) == true;
}

/// <summary>One of the things that a query selects.</summary>
/// <param name="Name">What it is called in the result.</param>
/// <param name="Value">The attribute; null with <c>COUNT()</c>.</param>
/// <param name="Aggregate">What is made of all its values; null for the value itself.</param>
internal sealed record QueryColumn(string Name, QueryExpression.Attribute? Value, QueryAggregate? Aggregate);

/// <summary>What can be made of many values.</summary>
internal enum QueryAggregate
{
    /// <summary>How many devices there are.</summary>
    Count,

    /// <summary>The numbers' mean.</summary>
    Avg,

    /// <summary>The numbers' sum.</summary>
    Sum,

    /// <summary>The least number.</summary>
    Min,

    /// <summary>The greatest number.</summary>
    Max,
}
