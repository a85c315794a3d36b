using System.Device.I2c;
using DevKit.Board.Display;
using DevKit.VirtualParts.Display;
using DevKit.VirtualParts.Faults;
using DevKit.VirtualParts.I2c;
using NanoStandIns;

namespace DevKit.Board.Tests.Display;

/// <summary>A board's bus with an OLED on it, or with none, that counts what passes.</summary>
internal sealed class DisplayBus : II2cTarget
{
    private readonly I2cBus _bus = new();

    public DisplayBus() => _bus.Attach(BoardPins.DisplayAddress, this);

    /// <summary>The panel on the bus; null for none.</summary>
    public Ssd1306? Panel { get; set; } = new();

    /// <summary>How a transfer ends that would be complete; counts from 1.</summary>
    public Func<int, I2cOutcome> Fault { get; set; } = _ => I2cOutcome.Complete;

    /// <summary>Bytes of each transfer, the address not counted, in order.</summary>
    public List<int> Transfers { get; } = [];

    /// <summary>Bytes on the bus so far, the addresses counted: each takes 9 clocks.</summary>
    public int BytesOnBus => Transfers.Sum(length => 1 + length);

    /// <summary>A driver for the panel of this bus.</summary>
    public TextDisplay OpenDisplay() => new(OpenDevice());

    /// <summary>The panel's device of this bus.</summary>
    public I2cDevice OpenDevice()
    {
        MachineHost.Current = new Machine { I2cBuses = { [BoardPins.I2cBus] = _bus } };
        return new I2cDevice(new I2cConnectionSettings(BoardPins.I2cBus, BoardPins.DisplayAddress, I2cBusSpeed.StandardMode));
    }

    public I2cOutcome Write(ReadOnlySpan<byte> bytes)
    {
        if (Panel == null)
        {
            Transfers.Add(0);
            return I2cOutcome.NotAcknowledged;
        }

        Transfers.Add(bytes.Length);
        I2cOutcome outcome = Fault(Transfers.Count);
        return outcome == I2cOutcome.Complete ? Panel.Write(bytes) : outcome;
    }

    public I2cOutcome Read(Span<byte> bytes) => throw new InvalidOperationException("The driver has nothing to read.");
}
