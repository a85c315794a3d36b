using DevKit.Support.Chip;
using DevKit.VirtualParts.Faults;
using DevKit.VirtualParts.StSafe;
using NanoStandIns;

namespace DevKit.StSafe.Tests.VirtualChip;

/// <summary>The virtual chip by bytes in and bytes out, without the driver.</summary>
[TestClass]
public sealed class VirtualStSafeTests
{
    [TestMethod]
    public void Host_key_query_is_answered_as_recorded_from_a_real_chip() =>
        Assert.AreEqual("000003000F47", new ChipRig().AskRaw([0x14, 0x17, 0x99, 0x88], 6));

    [TestMethod]
    [DataRow("14 08", "000003033DDC")]
    [DataRow("14 11", "00000701030040108FE1")]
    [DataRow("00 0055AAFF", "0000060055AAFF28DE")]
    [DataRow("00", "000002F078")]
    [DataRow("01", "000002F078")]
    [DataRow("06 80 06 0000 4142", "000002F078")]
    public void Commands_are_answered(string command, string answer) =>
        Assert.AreEqual(answer, new ChipRig().Ask(command, answer.Length / 2));

    [TestMethod]
    [DataRow("14 24", "04", "the newer query of command authorisation")]
    [DataRow("14 99", "04", "an unknown tag")]
    [DataRow("14", "02", "a query without tag")]
    [DataRow("1F", "04", "an unknown command")]
    [DataRow("01 00", "02", "a reset with a parameter")]
    [DataRow("02 00", "02", "random without count")]
    [DataRow("02 00 00", "03", "random of no bytes")]
    [DataRow("02 01 08", "03", "random for another purpose")]
    [DataRow("05 00 06 0000", "02", "a read without length")]
    [DataRow("05 00 06 0000 0000", "02", "a read of nothing")]
    [DataRow("05 80 06 0000 0001", "02", "an atomic read")]
    [DataRow("05 40 06 0000 0001", "02", "an unknown option")]
    [DataRow("05 01 06 0000 0001", "02", "a condition that is not to change")]
    [DataRow("05 12 06 0000 0001", "03", "an unknown condition")]
    [DataRow("05 00 0B 0000 0001", "10", "a zone that is not there")]
    [DataRow("05 00 06 02B0 0001", "14", "a read past the end")]
    [DataRow("05 00 00 0000 01FB", "06", "a read over the buffer")]
    [DataRow("06 80 06", "02", "an update cut short")]
    [DataRow("06 80 06 0000", "02", "an update with nothing")]
    [DataRow("06 80 03 0078 0102030405060708 09", "14", "an update past the end")]
    [DataRow("85 00 06 0000 0001", "0A", "a C-MAC without host keys")]
    public void Refusals_have_their_status(string command, string status, string what) =>
        Assert.AreEqual(status + "0002", new ChipRig().Ask(command, 3), what);

    [TestMethod]
    public void Damaged_command_is_a_communication_error()
    {
        var rig = new ChipRig();
        Assert.AreEqual("010002", rig.AskRaw([0x14, 0x17, 0x99, 0x89], 3));
        Assert.AreEqual("010002", rig.AskRaw([0x14], 3));
        Assert.AreEqual("010002", rig.AskRaw([0x14, 0x17], 3));
    }

    [TestMethod]
    public void Frame_of_507_bytes_is_taken_and_one_more_is_over_the_buffer()
    {
        var rig = new ChipRig();
        Assert.AreEqual("0001FC", rig.Ask("00" + new string('A', 506 * 2), 3));
        Assert.AreEqual("060002", rig.Ask("00" + new string('A', 507 * 2), 3));
        Assert.AreEqual("0001FC", rig.Ask("05 00 00 0000 01FA", 3));
    }

    [TestMethod]
    public void Answer_repeats_until_the_next_command_and_gives_FF_past_its_end()
    {
        var rig = new ChipRig();
        Assert.AreEqual("0000030300".Length, rig.Ask("14 08", 5).Length);
        Assert.AreEqual("000003033DDCFFFFFF", rig.ReadRaw(9));
        Assert.AreEqual("000003033DDC", rig.ReadRaw(6));
        Assert.AreEqual("00", rig.ReadRaw(1));
        Assert.AreEqual(I2cOutcome.Complete, rig.Chip.Write([]));
        Assert.AreEqual("000003033DDC", rig.ReadRaw(6), "A probe is no command.");
        Assert.AreEqual("000002F078FF", rig.Ask("01", 6));
    }

    [TestMethod]
    public void Nothing_is_answered_before_the_first_command() => Assert.AreEqual("FFFFFFFFFF", new ChipRig().ReadRaw(5));

    [TestMethod]
    public void Chip_does_not_acknowledge_while_it_works()
    {
        var rig = new ChipRig();
        Assert.AreEqual(I2cOutcome.NotAcknowledged, rig.Chip.Write([0x14, 0x08, 0x71, 0xFE]), "It starts up.");
        rig.Clock.Pause(10);
        Assert.AreEqual(I2cOutcome.Complete, rig.Chip.Write([0x14, 0x08, 0x71, 0xFE]));
        Assert.AreEqual(I2cOutcome.NotAcknowledged, rig.Chip.Read(new byte[5]));
        Assert.AreEqual(I2cOutcome.NotAcknowledged, rig.Chip.Write([0x14, 0x08, 0x71, 0xFE]));
        Assert.AreEqual(I2cOutcome.NotAcknowledged, rig.Chip.Write([]));
        rig.Clock.Pause(3);
        Assert.AreEqual(I2cOutcome.Complete, rig.Chip.Read(new byte[5]));
        Assert.AreEqual(1, rig.Chip.CommandsReceived);
    }

    [TestMethod]
    public void Access_conditions_change_where_that_may_change_and_outlive_power()
    {
        var rig = new ChipRig();
        Assert.AreEqual("000002", rig.Ask("06 9F 06 0000 41", 3), "Update becomes 'never', and may be changed again.");
        Assert.AreEqual("110002", rig.Ask("06 80 06 0000 42", 3));
        Assert.AreEqual("000003", rig.Ask("05 11 06 0000 0001", 3), "Read becomes 'host', for good.");
        rig = new ChipRig(rig.Memory);
        Assert.AreEqual("110002", rig.Ask("05 00 06 0000 0001", 3));
        Assert.AreEqual("1F", rig.Ask("14 12", 60)[72..74]);
    }

    [TestMethod]
    public void Condition_that_may_not_change_stays()
    {
        var memory = new ChipMemory();
        memory.FindZone(6)!.MayChangeUpdateAccess = false;
        var store = new MemoryChipStore();
        store.Save(memory);
        Assert.AreEqual("110002", new ChipRig(store).Ask("06 97 06 0000 41", 3));
    }

    [TestMethod]
    public void Counter_stands_before_the_zone_s_bytes()
    {
        var store = new MemoryChipStore();
        store.Save(new ChipMemory([new VirtualZone(5, 16) { Counter = 0x01020304 }]));
        var rig = new ChipRig(store);
        Assert.AreEqual("00000801020304" + "0000", rig.Ask("05 00 05 0000 0002", 9));
        Assert.AreEqual("120002", rig.Ask("06 80 05 0000 41", 3));
    }

    [TestMethod]
    public void Terminated_chip_refuses_but_says_what_it_is()
    {
        var store = new MemoryChipStore();
        store.Save(new ChipMemory { LifeCycle = 0x84 });
        var rig = new ChipRig(store);
        Assert.AreEqual("0F0002", rig.Ask("05 00 06 0000 0001", 3));
        Assert.AreEqual("00000384", rig.Ask("14 08", 4));
    }

    [TestMethod]
    public void Session_flags_with_host_keys_are_an_invalid_mac()
    {
        var store = new MemoryChipStore();
        store.Save(new ChipMemory { HasHostKeys = true });
        var rig = new ChipRig(store);
        Assert.AreEqual("160002", rig.Ask("85 00 06 0000 0001", 3));
        Assert.AreEqual("00000601", rig.Ask("14 17", 4));
    }

    [TestMethod]
    public void Power_cut_inside_an_atomic_write_leaves_all_or_nothing()
    {
        for (int written = 0; written <= 8; written++)
        {
            Assert.AreEqual(written < 8 ? "1111111111111111" : "2222222222222222", CutInWrite("80", written));
        }
    }

    [TestMethod]
    public void Power_cut_inside_a_write_that_is_not_atomic_leaves_what_was_written()
    {
        for (int written = 0; written <= 8; written++)
        {
            Assert.AreEqual(new string('2', written * 2) + new string('1', 16 - written * 2), CutInWrite("00", written));
        }
    }

    /// <summary>What stands in 8 bytes of 11 when power fails in an update with 22.</summary>
    private static string CutInWrite(string option, int written)
    {
        var rig = new ChipRig();
        rig.Ask("06 80 06 0010 1111111111111111", 3);
        rig.Chip.Faults = new FaultPlan(new Fault(FaultKind.PowerCutInWrite, 2, written));
        Assert.ThrowsExactly<PowerLostException>(() => rig.Ask("06" + option + "06 0010 2222222222222222", 3));
        return new ChipRig(rig.Memory).Ask("05 00 06 0010 0008", 13)[6..22];
    }
}
