using DevKit.StSafe.Frames;
using DevKit.StSafe.ProductInformation;
using DevKit.Support.Chip;
using DevKit.VirtualParts.I2c;

namespace DevKit.StSafe.Tests.Driver;

/// <summary>
/// The driver against frames on paper: one exchange recorded from a real chip, the others made by hand from the datasheet's rules.
/// </summary>
[TestClass]
public sealed class RecordedFrameTests
{
    [TestMethod]
    public void Crc_of_the_catalogue_s_check_string_is_906E()
    {
        byte[] digits = "123456789"u8.ToArray();
        Assert.AreEqual(0x906E, FrameCrc.Finish(FrameCrc.Add(FrameCrc.Initial, digits, 0, digits.Length)));
    }

    [TestMethod]
    public void Host_key_query_is_the_one_recorded_from_a_real_chip()
    {
        ScriptedTarget target = new("14 17 9988", "00 0003 00 0F47");
        Assert.IsFalse(Open(target).QueryHostKeysPresent());
        Assert.AreEqual("14179988", target.Written[^1]);
    }

    [TestMethod]
    public void Life_cycle_query()
    {
        StSafeLifeCycle lifeCycle = Open(new("14 08 71FE", "00 0003 03 3DDC")).QueryLifeCycle();
        Assert.AreEqual(StSafeLifeCyclePhase.Operational, lifeCycle.Phase);
        Assert.IsFalse(lifeCycle.IsLocked);
    }

    [TestMethod]
    public void Random()
    {
        byte[] random = Open(new("02 00 08 FF3C", "00 000A 0102030405060708 5F40")).GenerateRandom(8);
        Assert.AreEqual("0102030405060708", Convert.ToHexString(random));
    }

    [TestMethod]
    public void Read_zone()
    {
        byte[] bytes = Open(new("05 00 06 0000 0004 016F", "00 0006 30313233 D9FD")).ReadZone(6, 0, 4);
        Assert.AreEqual("30313233", Convert.ToHexString(bytes));
    }

    [TestMethod]
    public void Update_zone_is_atomic()
    {
        ScriptedTarget target = new("06 80 06 0000 4142 D42F", "00 0002 F078");
        Open(target).UpdateZone(6, 0, "AB"u8.ToArray());
        Assert.HasCount(2, target.Written);
    }

    [TestMethod]
    public void Product_data_tells_the_family()
    {
        StSafeProductData data = Open(new("14 11 FCBE", "00 0007 0103004010 8FE1")).QueryProductData();
        Assert.AreEqual("004010", Convert.ToHexString(data.Mask));
        Assert.AreEqual(StSafeFamily.A100, data.Family);
        Assert.IsNull(data.Find(2));
    }

    [TestMethod]
    public void Refusal_carries_the_chip_s_status_and_is_not_repeated()
    {
        ScriptedTarget target = new("14 08 71FE", "04 0002 B65C");
        StSafeException refusal = Assert.ThrowsExactly<StSafeException>(() => Open(target).QueryLifeCycle());
        Assert.AreEqual(StSafeStatus.UnsupportedCommand, refusal.Status);
        Assert.HasCount(2, target.Written);
        Assert.Contains("status 04", refusal.Message);
    }

    [TestMethod]
    public void Session_flags_in_a_status_are_masked_off()
    {
        // 0x91: status 11 with the top bit set; the CRC covers the byte as sent.
        byte[] status = [0x91];
        int crc = FrameCrc.Finish(FrameCrc.Add(FrameCrc.Initial, status, 0, 1));
        ScriptedTarget target = new("05 00 06 0000 0004 016F", "91 0002 " + crc.ToString("X4"));
        StSafeException refusal = Assert.ThrowsExactly<StSafeException>(() => Open(target).ReadZone(6, 0, 4));
        Assert.AreEqual(StSafeStatus.AccessConditionNotSatisfied, refusal.Status);
    }

    [TestMethod]
    public void Answer_whose_length_changes_between_two_reads_is_damaged()
    {
        // Both are good answers of their own; the chip repeats its answer, so one of them is not what it said.
        ScriptedTarget target = new("14 11 FCBE", "00 0007 0103004010 8FE1") { WholeAnswer = "00 0002 F078" };
        Assert.AreEqual(StSafeStatus.BadAnswer, Assert.ThrowsExactly<StSafeException>(() => Open(target).QueryProductData()).Status);
    }

    private static StSafeA100 Open(ScriptedTarget target)
    {
        var clock = new VirtualClock();
        var bus = new I2cBus();
        bus.Attach(StSafeA100.DefaultI2cAddress, target);
        new TimedBus(bus, clock).Install();
        return new StSafeA100(new(new(1, StSafeA100.DefaultI2cAddress)), clock.Pause);
    }
}
