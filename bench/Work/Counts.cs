using DevKit.Bench.Weaving;

namespace DevKit.Bench.Work;

/// <summary>Runs operations in woven code and notes what they took, in types that cross from one load context to another.</summary>
internal sealed class Counts
{
    private readonly Dictionary<int, long[]> _counts = [];

    /// <summary>Instructions, bytes allocated and peak of live bytes by <see cref="Operation"/>.</summary>
    internal Dictionary<int, long[]> ByOperation => _counts;

    /// <summary>Runs an operation once to warm it up, once for the instructions, and once for what it holds in memory.</summary>
    internal void Measure(Operation operation, Action action, bool followLife)
    {
        action();
        Tally.Start(followLife: false);
        action();
        long instructions = Tally.Instructions, allocated = Tally.Allocated;
        if (followLife)
        {
            Tally.Start(followLife: true);
            action();
        }

        _counts[(int)operation] = [instructions, allocated, Tally.PeakLive];
    }
}
