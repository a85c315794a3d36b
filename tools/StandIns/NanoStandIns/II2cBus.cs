namespace NanoStandIns;

/// <summary>One I2C bus of the board.</summary>
public interface II2cBus
{
    /// <summary>One transfer: start, write, repeated start if both are asked for, read, stop.</summary>
    /// <param name="address">7-bit target address.</param>
    /// <param name="write">Bytes to write; empty for a read.</param>
    /// <param name="read">Where the bytes read go; empty for a write. Both empty: a probe for an acknowledge.</param>
    I2cOutcome Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read);
}
