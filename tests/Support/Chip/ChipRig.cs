using System.Device.I2c;
using DevKit.StSafe;
using DevKit.StSafe.Frames;
using DevKit.VirtualParts.I2c;
using DevKit.VirtualParts.StSafe;
using NanoStandIns;

namespace DevKit.Support.Chip;

/// <summary>A virtual chip on a bus with a virtual clock, as it stands after power-on.</summary>
public sealed class ChipRig
{
    private StSafeA100? _driver;

    /// <summary>Powers a chip.</summary>
    /// <param name="memory">What it has kept; null for a new one.</param>
    public ChipRig(MemoryChipStore? memory = null)
    {
        Memory = memory ?? new MemoryChipStore();
        Chip = new VirtualStSafe(Memory, Clock);
        var bus = new I2cBus();
        bus.Attach(VirtualStSafe.Address, Chip);
        Bus = new TimedBus(bus, Clock);
    }

    public MemoryChipStore Memory { get; }

    public VirtualClock Clock { get; } = new();

    public VirtualStSafe Chip { get; }

    public TimedBus Bus { get; }

    /// <summary>The driver, made at first use.</summary>
    public StSafeA100 Driver => _driver ??= NewDriver();

    /// <summary>A chip's memory whose zones hold one byte throughout.</summary>
    public static MemoryChipStore MemoryFilledWith(byte filling)
    {
        var memory = new ChipMemory();
        foreach (VirtualZone zone in memory.Zones)
        {
            zone.Data.AsSpan().Fill(filling);
        }

        var store = new MemoryChipStore();
        store.Save(memory);
        return store;
    }

    public StSafeA100 NewDriver() => new(OpenDevice(StSafeA100.DefaultI2cAddress), Clock.Pause);

    public I2cDevice OpenDevice(int address)
    {
        Bus.Install();
        return I2cDevice.Create(new I2cConnectionSettings(1, address, I2cBusSpeed.StandardMode));
    }

    /// <summary>Writes a command's frame to the chip and reads the answer, past the driver.</summary>
    /// <param name="command">Code and parameters in hexadecimal; the CRC is added.</param>
    /// <param name="count">Bytes to read.</param>
    public string Ask(string command, int count)
    {
        byte[] bytes = Convert.FromHexString(command.Replace(" ", "", StringComparison.Ordinal));
        int crc = FrameCrc.Finish(FrameCrc.Add(FrameCrc.Initial, bytes, 0, bytes.Length));
        return AskRaw([.. bytes, (byte)(crc >> 8), (byte)crc], count);
    }

    /// <summary>Writes bytes to the chip, waits until it has worked on them, and reads.</summary>
    public string AskRaw(byte[] frame, int count)
    {
        Clock.Pause(500);
        Assert.AreEqual(I2cOutcome.Complete, Chip.Write(frame));
        return ReadRaw(count);
    }

    public string ReadRaw(int count)
    {
        Clock.Pause(500);
        byte[] answer = new byte[count];
        Assert.AreEqual(I2cOutcome.Complete, Chip.Read(answer));
        return Convert.ToHexString(answer);
    }
}
