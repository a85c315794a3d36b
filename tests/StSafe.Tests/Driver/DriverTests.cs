using DevKit.StSafe.ProductInformation;
using DevKit.Support.Chip;
using DevKit.VirtualParts.StSafe;

namespace DevKit.StSafe.Tests.Driver;

/// <summary>The driver against the virtual chip, both well.</summary>
[TestClass]
public sealed class DriverTests
{
    private const int UsefulZone = 0;

    [TestMethod]
    public void Constructor_says_what_to_check_when_no_chip_is_there()
    {
        var rig = new ChipRig();
        StSafeException failure = Assert.ThrowsExactly<StSafeException>(() => new StSafeA100(rig.OpenDevice(0x21), rig.Clock.Pause));
        Assert.AreEqual(StSafeStatus.NoAnswer, failure.Status);
        Assert.Contains("0x21", failure.Message);
        Assert.Contains("0x20", failure.Message);
        Assert.IsLessThan(TimeSpan.FromSeconds(2), rig.Clock.Elapsed);
    }

    [TestMethod]
    public void Constructor_refuses_null()
    {
        var rig = new ChipRig();
        Assert.ThrowsExactly<ArgumentNullException>(() => new StSafeA100(null));
        Assert.ThrowsExactly<ArgumentNullException>(() => new StSafeA100(rig.OpenDevice(0x20), null));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(180)]
    public void Echo_returns_what_was_sent(int count)
    {
        byte[] data = Pattern(count);
        CollectionAssert.AreEqual(data, new ChipRig().Driver.Echo(data));
    }

    [TestMethod]
    public void Echo_refuses_more_than_one_transfer_carries()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new ChipRig().Driver.Echo(new byte[181]));
        Assert.ThrowsExactly<ArgumentException>(() => new ChipRig().Driver.Echo(null));
    }

    [TestMethod]
    public void Random_of_any_length_is_random()
    {
        StSafeA100 driver = new ChipRig().Driver;
        byte[] one = driver.GenerateRandom(400);
        byte[] other = driver.GenerateRandom(400);
        Assert.HasCount(400, one);
        CollectionAssert.AreNotEqual(one, other);
        // Filled to the end: 16 zeros in a row come once in 2^128.
        Assert.IsTrue(one.AsSpan(384).ContainsAnyExcept((byte)0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => driver.GenerateRandom(0));
    }

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(0, 180)]
    [DataRow(7, 181)]
    [DataRow(3, 900)]
    public void Update_and_read_split_what_one_transfer_does_not_carry(int offset, int count)
    {
        var rig = new ChipRig();
        byte[] data = Pattern(count);
        rig.Driver.UpdateZone(UsefulZone, offset, data);
        CollectionAssert.AreEqual(data, rig.Driver.ReadZone(UsefulZone, offset, count));
        Assert.IsLessThanOrEqualTo(200, rig.Bus.Transfers.Max(transfer => transfer.Length));
        if (offset > 0)
        {
            Assert.AreEqual(0, rig.Driver.ReadZone(UsefulZone, offset - 1, 1)[0]);
        }

        Assert.AreEqual(0, rig.Driver.ReadZone(UsefulZone, offset + count, 1)[0]);
    }

    [TestMethod]
    [DataRow(-1, 0, 1)]
    [DataRow(256, 0, 1)]
    [DataRow(0, -1, 1)]
    [DataRow(0, 0, 0)]
    [DataRow(0, 65535, 2)]
    public void Zone_numbers_and_ranges_are_checked_before_anything_is_sent(int zone, int offset, int count)
    {
        var rig = new ChipRig();
        StSafeA100 driver = rig.Driver;
        int before = rig.Bus.Transfers.Count;
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => driver.ReadZone(zone, offset, count));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => driver.UpdateZone(zone, offset, new byte[count]));
        Assert.ThrowsExactly<ArgumentNullException>(() => driver.UpdateZone(zone, offset, null));
        Assert.HasCount(before, rig.Bus.Transfers);
    }

    [TestMethod]
    public void Refusals_of_the_chip_carry_its_status()
    {
        StSafeA100 driver = new ChipRig().Driver;
        Assert.AreEqual(StSafeStatus.EntryNotFound, StatusOf(() => driver.ReadZone(77, 0, 1)));
        Assert.AreEqual(StSafeStatus.BoundaryExceeded, StatusOf(() => driver.ReadZone(0, 980, 10)));
        Assert.AreEqual(StSafeStatus.BoundaryExceeded, StatusOf(() => driver.UpdateZone(3, 120, new byte[100])));
    }

    [TestMethod]
    public void Zones_under_a_host_session_are_refused_by_their_status()
    {
        var memory = new ChipMemory { HasHostKeys = true };
        memory.FindZone(6)!.ReadAccess = ZoneAccess.Host;
        memory.FindZone(6)!.UpdateAccess = ZoneAccess.Never;
        var store = new MemoryChipStore();
        store.Save(memory);
        StSafeA100 driver = new ChipRig(store).Driver;
        Assert.IsTrue(driver.QueryHostKeysPresent());
        Assert.AreEqual(StSafeStatus.AccessConditionNotSatisfied, StatusOf(() => driver.ReadZone(6, 0, 1)));
        Assert.AreEqual(StSafeStatus.AccessConditionNotSatisfied, StatusOf(() => driver.UpdateZone(6, 0, new byte[1])));
        StSafeZone zone = driver.QueryPartition()[6];
        Assert.AreEqual(StSafeAccess.Host, zone.ReadAccess);
        Assert.AreEqual(StSafeAccess.Never, zone.UpdateAccess);
    }

    [TestMethod]
    public void Partition_has_the_zones_of_the_DevKit()
    {
        StSafeZone[] zones = new ChipRig().Driver.QueryPartition();
        Assert.HasCount(11, zones);
        int[] usable = [976, 0, 192, 120, 0, 584, 680, 784, 880, 0, 88];
        for (int i = 0; i < zones.Length; i++)
        {
            Assert.AreEqual(i, zones[i].Index);
            Assert.IsGreaterThanOrEqualTo(usable[i], zones[i].Length);
            Assert.IsFalse(zones[i].IsCounter);
            Assert.AreEqual(StSafeAccess.Always, zones[i].ReadAccess);
            Assert.IsTrue(zones[i].MayChangeReadAccess && zones[i].MayChangeUpdateAccess);
        }
    }

    [TestMethod]
    public void Partition_with_a_counter_is_understood()
    {
        var store = new MemoryChipStore();
        store.Save(new ChipMemory([new VirtualZone(0, 100), new VirtualZone(5, 64) { Counter = 500_000, MayChangeReadAccess = false }]));
        StSafeA100 driver = new ChipRig(store).Driver;
        StSafeZone counter = driver.QueryPartition()[1];
        Assert.AreEqual(5, counter.Index);
        Assert.IsTrue(counter.IsCounter);
        Assert.AreEqual(64, counter.Length);
        Assert.AreEqual(500_000u, counter.Counter);
        Assert.IsFalse(counter.MayChangeReadAccess);
        Assert.AreEqual(StSafeStatus.WrongZoneType, StatusOf(() => driver.UpdateZone(5, 0, new byte[1])));
    }

    [TestMethod]
    [DataRow("01", StSafeLifeCyclePhase.Born, false)]
    [DataRow("03", StSafeLifeCyclePhase.Operational, false)]
    [DataRow("83", StSafeLifeCyclePhase.Operational, true)]
    [DataRow("84", StSafeLifeCyclePhase.Terminated, true)]
    public void Life_cycle_is_understood(string value, StSafeLifeCyclePhase phase, bool locked)
    {
        var store = new MemoryChipStore();
        store.Save(new ChipMemory { LifeCycle = Convert.FromHexString(value)[0] });
        StSafeLifeCycle lifeCycle = new ChipRig(store).Driver.QueryLifeCycle();
        Assert.AreEqual(phase, lifeCycle.Phase);
        Assert.AreEqual(locked, lifeCycle.IsLocked);
    }

    [TestMethod]
    [DataRow("0103004010", StSafeFamily.A100)]
    [DataRow("0103004600", StSafeFamily.A110)]
    [DataRow("0103006000", StSafeFamily.A120)]
    [DataRow("0103003FFF", StSafeFamily.Unknown)]
    [DataRow("010200400103004010", StSafeFamily.Unknown)]
    [DataRow("02010001030040", StSafeFamily.Unknown)]
    [DataRow("", StSafeFamily.Unknown)]
    public void Family_is_told_by_the_mask(string fields, StSafeFamily family) =>
        Assert.AreEqual(family, new StSafeProductData(Convert.FromHexString(fields)).Family);

    [TestMethod]
    [DataRow("")]
    [DataRow("02 0000880064")]
    [DataRow("01 0001880064 000102")]
    [DataRow("01 0000880064 00")]
    public void Partition_that_does_not_add_up_is_refused(string data) =>
        Assert.IsNull(PartitionParser.Parse(Convert.FromHexString(data.Replace(" ", "", StringComparison.Ordinal))));

    internal static byte[] Pattern(int count) => [.. Enumerable.Range(1, count).Select(i => (byte)((i * 7) | 1))];

    internal static StSafeStatus StatusOf(Action action) => Assert.ThrowsExactly<StSafeException>(action).Status;
}
