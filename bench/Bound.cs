namespace DevKit.Bench;

/// <summary>Something that was counted, and the most that it may be.</summary>
public sealed record Bound(string Name, long Value, long Limit, string Unit)
{
    /// <summary>Whether it is inside the bound.</summary>
    public bool Holds => Value <= Limit;
}
