using DevKit.Support.Chip;
using DevKit.VirtualParts.StSafe;

namespace DevKit.Support.Faults;

/// <summary>Something that driver or store is asked to do, and how to see afterwards what stands in the chip.</summary>
public sealed class Operation
{
    private readonly Action<ChipRig> _run;
    private readonly Func<ChipRig, byte[]> _observe;

    /// <summary>An operation on a chip that has been prepared.</summary>
    /// <param name="name">For people.</param>
    /// <param name="prepare">What is done to a new chip before.</param>
    /// <param name="run">The operation; asserts what it returns.</param>
    /// <param name="observe">Reads what the operation is to change.</param>
    public Operation(string name, Action<ChipRig> prepare, Action<ChipRig> run, Func<ChipRig, byte[]> observe)
    {
        Name = name;
        _run = run;
        _observe = observe;
        var rig = new ChipRig();
        prepare(rig);
        Before = rig.Memory;
        Old = Observe(Before);
        rig = new ChipRig(new MemoryChipStore(Before));
        Run(rig);
        WellTime = rig.Clock.Elapsed;
        After = Contents(rig.Memory);
        New = Observe(rig.Memory);
    }

    public string Name { get; }

    /// <summary>The chip before.</summary>
    public MemoryChipStore Before { get; }

    /// <summary>The contents of all zones after it went well.</summary>
    public byte[] After { get; }

    /// <summary>What is observed before.</summary>
    public byte[] Old { get; }

    /// <summary>What is observed after it went well.</summary>
    public byte[] New { get; }

    /// <summary>How long it takes, from power-on, when all is well.</summary>
    public TimeSpan WellTime { get; }

    /// <summary>Bytes that change together: an update of the driver's own is atomic for each piece alone.</summary>
    public int Piece { get; init; } = int.MaxValue;

    /// <summary>Whether the operation makes the driver itself.</summary>
    public bool MakesDriver { get; init; }

    /// <summary>Bytes or bits between two that a fault is tried at; 1 for each.</summary>
    public int Stride { get; init; } = 1;

    public void Run(ChipRig rig)
    {
        if (!MakesDriver)
        {
            _ = rig.Driver;
        }

        _run(rig);
    }

    /// <summary>The contents of all zones, one behind the other.</summary>
    public static byte[] Contents(MemoryChipStore memory) => [.. (memory.Load() ?? new ChipMemory()).Zones.SelectMany(zone => zone.Data)];

    /// <summary>What is seen after power-on.</summary>
    public byte[] Observe(MemoryChipStore memory) => _observe(new ChipRig(new MemoryChipStore(memory)));

    /// <summary>Whether what is seen is the old or the new, whole.</summary>
    public bool IsOldOrNew(byte[] seen)
    {
        for (int at = 0; at < Math.Max(seen.Length, 1); at += Math.Min(Piece, Math.Max(seen.Length, 1)))
        {
            ReadOnlySpan<byte> piece = Part(seen, at);
            if (!piece.SequenceEqual(Part(Old, at)) && !piece.SequenceEqual(Part(New, at)))
            {
                return false;
            }
        }

        return true;
    }

    private ReadOnlySpan<byte> Part(byte[] bytes, int at) =>
        at >= bytes.Length ? default : bytes.AsSpan(at, Math.Min(Piece, bytes.Length - at));
}
