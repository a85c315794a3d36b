using NanoStandIns;

namespace DevKit.VirtualParts.I2c;

/// <summary>A part on an I2C bus, as its address sees it.</summary>
public interface II2cTarget
{
    /// <summary>
    /// The controller writes: the part's address with the write bit, then the bytes. No bytes is a probe for an acknowledge.
    /// </summary>
    I2cOutcome Write(ReadOnlySpan<byte> bytes);

    /// <summary>The controller reads: the part's address with the read bit, then as many bytes as it wants.</summary>
    I2cOutcome Read(Span<byte> bytes);
}
