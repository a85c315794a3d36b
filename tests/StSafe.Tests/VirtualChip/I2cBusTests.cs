using DevKit.Support.Chip;
using DevKit.VirtualParts.I2c;
using NanoStandIns;

namespace DevKit.StSafe.Tests.VirtualChip;

/// <summary>The bus between host and parts.</summary>
[TestClass]
public sealed class I2cBusTests
{
    [TestMethod]
    public void Address_without_a_part_is_not_acknowledged() =>
        Assert.AreEqual(I2cOutcome.NotAcknowledged, new I2cBus().Transfer(0x20, [1], []));

    [TestMethod]
    public void Write_then_read_stops_when_the_write_is_not_acknowledged()
    {
        var rig = new ChipRig();
        var bus = new I2cBus();
        bus.Attach(0x20, rig.Chip);
        byte[] read = [0x77];
        Assert.AreEqual(I2cOutcome.NotAcknowledged, bus.Transfer(0x20, [0x14, 0x17, 0x99, 0x88], read));
        Assert.AreEqual(0x77, read[0]);
    }

    [TestMethod]
    public void Two_parts_do_not_share_an_address()
    {
        var bus = new I2cBus();
        bus.Attach(0x20, new ChipRig().Chip);
        Assert.ThrowsExactly<ArgumentException>(() => bus.Attach(0x20, new ChipRig().Chip));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => bus.Attach(0x80, new ChipRig().Chip));
    }

    [TestMethod]
    public void One_transfer_passes_at_a_time()
    {
        var part = new CountingPart();
        var bus = new I2cBus();
        bus.Attach(1, part);
        Parallel.For(0, 2000, _ => bus.Transfer(1, [0], []));
        Assert.AreEqual(2000, part.Transfers);
    }

    /// <summary>Loses count when two transfers overlap.</summary>
    private sealed class CountingPart : II2cTarget
    {
        public int Transfers { get; private set; }

        public I2cOutcome Write(ReadOnlySpan<byte> bytes)
        {
            int before = Transfers;
            Thread.SpinWait(20);
            Transfers = before + 1;
            return I2cOutcome.Complete;
        }

        public I2cOutcome Read(Span<byte> bytes) => I2cOutcome.Complete;
    }
}
