using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Wifi;
using System.IO.Ports;
using nanoFramework.Hardware.Stm32;

namespace NanoStandIns.Tests;

/// <summary>What the stand-ins say when the board lacks what the program asks for.</summary>
[TestClass]
public sealed class MachineTests
{
    [TestMethod]
    public void A_part_that_the_board_lacks_is_named()
    {
        MachineHost.Current = new Machine { I2cBuses = { [2] = new SilentBus() } };
        Assert.Contains("no I2C bus 1:", Refusal(() => I2cDevice.Create(new I2cConnectionSettings(1, 0x20))));
        Assert.Contains("no pins:", Refusal(() => new GpioController().OpenPin(1)));
        Assert.Contains("no serial ports:", Refusal(() => SerialPort.GetPortNames()));
        Assert.Contains("no network:", Refusal(() => WifiAdapter.FindAllAdapters()));
        Assert.Contains("no microcontroller:", Refusal(() => _ = Utilities.UniqueDeviceId));
    }

    [TestMethod]
    public void A_transfer_passes_on_the_bus_that_the_program_names()
    {
        MachineHost.Current = new Machine { I2cBuses = { [1] = new SilentBus(), [2] = new SilentBus(I2cOutcome.Complete) } };
        Assert.AreEqual(I2cTransferStatus.SlaveAddressNotAcknowledged, Probe(busId: 1));
        Assert.AreEqual(I2cTransferStatus.FullTransfer, Probe(busId: 2));
    }

    [TestMethod]
    public void No_board_at_all_is_said()
    {
        MachineHost.Current = null!;
        Assert.Contains("No board", Refusal(() => new GpioController().OpenPin(1)));
    }

    private static I2cTransferStatus Probe(int busId)
    {
        using var device = new I2cDevice(new I2cConnectionSettings(busId, 0x20));
        return device.WriteByte(0).Status;
    }

    private static string Refusal(Action use) => Assert.ThrowsExactly<InvalidOperationException>(use).Message;

    private sealed class SilentBus(I2cOutcome outcome = I2cOutcome.NotAcknowledged) : II2cBus
    {
        public I2cOutcome Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read) => outcome;
    }
}
