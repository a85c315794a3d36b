using DevKit.VirtualParts.I2c;
using NanoStandIns;

namespace DevKit.Support.Chip;

/// <summary>A bus with a clock: transfers take the time that they take at 100 kHz, and are written down.</summary>
public sealed class TimedBus(I2cBus bus, VirtualClock clock) : II2cBus
{
    // 9 clocks a byte at 100 kHz.
    private static readonly TimeSpan ByteTime = TimeSpan.FromMicroseconds(90);

    // When the controller gives up.
    private static readonly TimeSpan TimeOut = TimeSpan.FromMilliseconds(100);

    /// <summary>What passed on the bus, in order.</summary>
    public List<Transfer> Transfers { get; } = [];

    /// <summary>Makes this the one part, as I2C1, of the board that the stand-ins see.</summary>
    public void Install() => MachineHost.Current = new Machine { I2cBuses = { [1] = this } };

    public I2cOutcome Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        I2cOutcome outcome = bus.Transfer(address, write, read);
        clock.Advance(outcome == I2cOutcome.TimedOut ? TimeOut : ByteTime * (1 + write.Length + read.Length));
        Transfers.Add(new Transfer(write.ToArray(), read.ToArray(), outcome));
        return outcome;
    }
}
