using NanoStandIns;

namespace DevKit.VirtualParts.I2c;

/// <summary>An I2C bus with parts on it. One transfer at a time passes, from whichever thread.</summary>
public sealed class I2cBus : II2cBus
{
    private const int HighestAddress = 0x7F;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, II2cTarget> _targets = [];

    /// <summary>Solders a part on.</summary>
    /// <param name="address">7-bit address.</param>
    /// <param name="target">The part.</param>
    /// <exception cref="ArgumentException">The address is out of range or taken.</exception>
    public void Attach(int address, II2cTarget target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(address);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, HighestAddress);
        ArgumentNullException.ThrowIfNull(target);
        lock (_gate)
        {
            _targets.Add(address, target);
        }
    }

    /// <summary>One transfer: start, write, repeated start if both are asked for, read, stop.</summary>
    /// <param name="address">7-bit address; where no part has it, nothing acknowledges.</param>
    /// <param name="write">Bytes to write; empty for a read.</param>
    /// <param name="read">Where the bytes read go; empty for a write. Both empty: a probe.</param>
    /// <returns>How it ended; the read does not take place unless the write was complete.</returns>
    public I2cOutcome Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        lock (_gate)
        {
            if (!_targets.TryGetValue(address, out II2cTarget? target))
            {
                return I2cOutcome.NotAcknowledged;
            }

            I2cOutcome outcome = !write.IsEmpty || read.IsEmpty ? target.Write(write) : I2cOutcome.Complete;
            return outcome == I2cOutcome.Complete && !read.IsEmpty ? target.Read(read) : outcome;
        }
    }
}
