namespace DevKit.Bench.Weaving;

/// <summary>What woven code reports to: the instructions that it executes and the objects that it makes.</summary>
/// <remarks>Each <see cref="WovenContext"/> has a copy of its own of this class, so nothing here is shared between two of them.</remarks>
public static class Tally
{
    private static readonly List<(WeakReference Reference, int Size)> Live = [];
    private static bool _followsLife;

    /// <summary>IL instructions executed since <see cref="Start"/>.</summary>
    public static long Instructions { get; private set; }

    /// <summary>Bytes allocated since <see cref="Start"/>, as nanoCLR would lay them out.</summary>
    public static long Allocated { get; private set; }

    /// <summary>The most bytes that were in use at once since <see cref="Start"/>, if that was asked for.</summary>
    public static long PeakLive { get; private set; }

    /// <summary>Begins anew.</summary>
    /// <param name="followLife">Whether to find out at each allocation what is still in use. Slow: it collects garbage each time.</param>
    public static void Start(bool followLife)
    {
        Instructions = Allocated = PeakLive = 0;
        _followsLife = followLife;
        Live.Clear();
    }

    /// <summary>A block of instructions is about to run.</summary>
    public static void Block(int instructions) => Instructions += instructions;

    /// <summary>An object was made.</summary>
    public static void Made(object made)
    {
        int size = HeapModel.SizeOf(made);
        Allocated += size;
        if (_followsLife)
        {
            Live.Add((new WeakReference(made), size));
            GC.Collect();
            Live.RemoveAll(entry => !entry.Reference.IsAlive);
            PeakLive = Math.Max(PeakLive, Live.Sum(entry => (long)entry.Size));
        }
    }

    /// <summary>A method outside the woven code returned an object, which it may have made.</summary>
    public static void Returned(object? value)
    {
        if (value is string or Array && !(_followsLife && Live.Any(entry => ReferenceEquals(entry.Reference.Target, value))))
        {
            Made(value);
        }
    }
}
