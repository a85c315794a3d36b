using DevKit.VirtualParts.I2c;
using NanoStandIns;

namespace DevKit.Sim.Board;

/// <summary>A place on the bus: without power no part is in it, and nothing acknowledges.</summary>
internal sealed class PartSocket : II2cTarget
{
    /// <summary>The part, or null without power.</summary>
    public II2cTarget? Part { get; set; }

    /// <inheritdoc/>
    public I2cOutcome Write(ReadOnlySpan<byte> bytes) => Part?.Write(bytes) ?? I2cOutcome.NotAcknowledged;

    /// <inheritdoc/>
    public I2cOutcome Read(Span<byte> bytes) => Part?.Read(bytes) ?? I2cOutcome.NotAcknowledged;
}
