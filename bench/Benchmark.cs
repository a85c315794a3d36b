using System.Reflection;
using DevKit.Bench.Weaving;
using DevKit.Bench.Work;
using DevKit.Dice;
using Org.BouncyCastle.Math;

namespace DevKit.Bench;

/// <summary>What was counted.</summary>
public sealed class Benchmark
{
    private readonly Dictionary<int, long[]> _engine;
    private readonly Dictionary<int, long[]> _other;

    private Benchmark(Dictionary<int, long[]> engine, Dictionary<int, long[]> other, EngineSize size)
    {
        _engine = engine;
        _other = other;
        Size = size;
    }

    /// <summary>The engine's size.</summary>
    public EngineSize Size { get; }

    /// <summary>Weaves, runs and counts. It takes some seconds, and gives the same numbers each time.</summary>
    /// <exception cref="InvalidOperationException">The engine and BouncyCastle do not agree on the identity.</exception>
    public static Benchmark Run()
    {
        byte[][] ours = EngineWork.Identity(), theirs = BouncyCastleWork.Identity();
        for (int i = 0; i < ours.Length; i++)
        {
            if (!ours[i].AsSpan().SequenceEqual(theirs[i]))
            {
                throw new InvalidOperationException($"The engine and BouncyCastle disagree on document {i}: they do not do the same work.");
            }
        }

        return new Benchmark(
            Count(typeof(DiceEngine).Assembly, typeof(EngineWork)),
            Count(typeof(BigInteger).Assembly, typeof(BouncyCastleWork)),
            EngineSize.Of(typeof(DiceEngine).Assembly));
    }

    /// <summary>IL instructions that our engine executes.</summary>
    public long Instructions(Operation operation) => _engine[(int)operation][0];

    /// <summary>Bytes that our engine allocates.</summary>
    public long Allocated(Operation operation) => _engine[(int)operation][1];

    /// <summary>The most bytes that our engine has in use at once.</summary>
    public long PeakLive(Operation operation) => _engine[(int)operation][2];

    /// <summary>IL instructions that BouncyCastle executes.</summary>
    public long InstructionsOfBouncyCastle(Operation operation) => _other[(int)operation][0];

    /// <summary>Bytes that BouncyCastle allocates.</summary>
    public long AllocatedByBouncyCastle(Operation operation) => _other[(int)operation][1];

    /// <summary>The bounds, and what stands against them.</summary>
    public IReadOnlyList<Bound> Bounds() =>
    [
        new("whole identity, 8 KiB image", Instructions(Operation.IdentityOf8KiB), 2_700_000, "IL"),
        new("SHA-256, per block of a long message", PerBlock(Instructions), 6_300, "IL"),
        new("fixed-base multiplication, to affine", Instructions(Operation.Multiplication), 600_000, "IL"),
        new("signature, RFC 6979", Instructions(Operation.Signature), 800_000, "IL"),
        new("peak live heap of a derivation", PeakLive(Operation.IdentityOf8KiB), 10 * 1024, "bytes"),
        new("static tables in RAM", Size.StaticRam, 6 * 1024, "bytes"),
        new("engine in flash: IL and static data", Size.Il + Size.StaticData, 26 * 1024, "bytes"),
        new(
            "whole identity against BouncyCastle",
            (Instructions(Operation.IdentityOf8KiB) * 1000 / InstructionsOfBouncyCastle(Operation.IdentityOf8KiB) + 9) / 10,
            40,
            "%"),
    ];

    /// <summary>The cost of one more block of SHA-256.</summary>
    public static long PerBlock(Func<Operation, long> count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return (count(Operation.Sha256Of8KiB) - count(Operation.Sha256Of4KiB)) / 64;
    }

    private static Dictionary<int, long[]> Count(Assembly assembly, Type work)
    {
        using WovenContext context = new(assembly);
        return (Dictionary<int, long[]>)context.Run(work.GetMethod("Measure")!)!;
    }
}
