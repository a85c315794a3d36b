using DevKit.StSafe.ProductInformation;
using DevKit.Support.Chip;
using DevKit.Support.Faults;

namespace DevKit.StSafe.Tests.Driver;

/// <summary>Every fault that the virtual chip can make, with every operation of the driver.</summary>
[TestClass]
public sealed class DriverFaultMatrixTests
{
    private const int LongStride = 11;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Driver_survives_every_fault() => TestContext.WriteLine(FaultMatrix.RunAll(Operations()));

    [TestMethod]
    public void No_operation_makes_a_transfer_that_the_device_s_driver_cuts() => FaultMatrix.AssertTransfersAreShort(Operations());

    private static IEnumerable<Operation> Operations()
    {
        byte[] pattern = DriverTests.Pattern(400);
        byte[] other = [.. pattern.Reverse()];
        yield return new Operation("find the chip", Nothing, rig => rig.NewDriver(), Observe(0, 1)) { MakesDriver = true };
        yield return new Operation("echo", Nothing, rig => AreEqual(pattern[..60], rig.Driver.Echo(pattern[..60])), Observe(0, 1));
        yield return new Operation(
            "random", Nothing, rig => Assert.HasCount(200, rig.Driver.GenerateRandom(200)), Observe(0, 1))
        { Stride = 3 };
        yield return new Operation(
            "life cycle", Nothing, rig => Assert.AreEqual(StSafeLifeCyclePhase.Operational, rig.Driver.QueryLifeCycle().Phase),
            Observe(0, 1));
        yield return new Operation(
            "product data", Nothing, rig => Assert.AreEqual(StSafeFamily.A100, rig.Driver.QueryProductData().Family), Observe(0, 1));
        yield return new Operation("partition", Nothing, rig => Assert.AreEqual(984, rig.Driver.QueryPartition()[0].Length), Observe(0, 1));
        yield return new Operation("host keys", Nothing, rig => Assert.IsFalse(rig.Driver.QueryHostKeysPresent()), Observe(0, 1));
        yield return new Operation(
            "read 1 piece", rig => rig.Driver.UpdateZone(0, 5, pattern), rig => AreEqual(pattern[..60], rig.Driver.ReadZone(0, 5, 60)),
            Observe(5, 400));
        yield return new Operation(
            "read 3 pieces", rig => rig.Driver.UpdateZone(0, 5, pattern), rig => AreEqual(pattern, rig.Driver.ReadZone(0, 5, 400)),
            Observe(5, 400))
        { Stride = LongStride };
        yield return new Operation(
            "update 1 piece", rig => rig.Driver.UpdateZone(0, 5, other), rig => rig.Driver.UpdateZone(0, 5, pattern[..60]), Observe(5, 60));
        yield return new Operation(
            "update 3 pieces", rig => rig.Driver.UpdateZone(0, 5, other), rig => rig.Driver.UpdateZone(0, 5, pattern), Observe(5, 400))
        { Piece = StSafeA100.MaxDataLength, Stride = LongStride };
    }

    private static void Nothing(ChipRig rig) => _ = rig.Driver;

    private static Func<ChipRig, byte[]> Observe(int offset, int count) => rig => rig.Driver.ReadZone(0, offset, count);

    private static void AreEqual(byte[] expected, byte[] actual) =>
        Assert.IsTrue(expected.AsSpan().SequenceEqual(actual), "What was returned is not what stands in the chip.");
}
