using DevKit.Bench;
using DevKit.Bench.Weaving;
using DevKit.Bench.Work;

namespace DevKit.Dice.Tests;

// Counts of executed instructions and allocated bytes are the same on every machine and in every run, so they can be held to.
[TestClass]
[DoNotParallelize]
public sealed class BoundsTests
{
    private static readonly Lazy<Benchmark> Counted = new(Benchmark.Run);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void The_engine_stays_within_its_bounds()
    {
        foreach (Bound bound in Counted.Value.Bounds())
        {
            TestContext.WriteLine($"{bound.Name}: {bound.Value} of {bound.Limit} {bound.Unit}");
            Assert.IsTrue(bound.Holds, $"{bound.Name}: {bound.Value} of {bound.Limit} {bound.Unit}");
        }
    }

    [TestMethod]
    public void The_work_of_a_multiplication_does_not_depend_on_the_scalar() =>
        Assert.HasCount(1, ConstantWorkOf(nameof(ConstantWork.OfPublicKeys)));

    [TestMethod]
    public void The_work_of_a_signature_depends_on_neither_key_nor_digest() =>
        Assert.HasCount(1, ConstantWorkOf(nameof(ConstantWork.OfSignatures)));

    // What is left is the DER encoding of r and s: a zero byte more or less in front of each.
    [TestMethod]
    public void The_work_of_a_derivation_depends_on_what_is_public_only()
    {
        long[] counts = ConstantWorkOf(nameof(ConstantWork.OfDerivations));
        Assert.IsLessThan(300, counts.Max() - counts.Min());
    }

    [TestMethod]
    public void Counting_again_gives_the_same_numbers()
    {
        Benchmark again = Benchmark.Run();
        foreach (Operation operation in Enum.GetValues<Operation>())
        {
            Assert.AreEqual(Counted.Value.Instructions(operation), again.Instructions(operation), $"{operation}");
            Assert.AreEqual(Counted.Value.Allocated(operation), again.Allocated(operation), $"{operation}");
            Assert.AreEqual(Counted.Value.PeakLive(operation), again.PeakLive(operation), $"{operation}");
        }
    }

    private static long[] ConstantWorkOf(string method)
    {
        using WovenContext context = new(typeof(DiceEngine).Assembly);
        return (long[])context.Run(typeof(ConstantWork).GetMethod(method)!)!;
    }
}
