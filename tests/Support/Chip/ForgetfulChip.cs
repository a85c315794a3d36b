using DevKit.VirtualParts.I2c;
using NanoStandIns;

namespace DevKit.Support.Chip;

/// <summary>A chip whose updates are lost although it answers that they are done: each is turned into an echo of nothing.</summary>
public sealed class ForgetfulChip(II2cTarget chip) : II2cTarget
{
    private const byte UpdateZone = 0x06;
    private static readonly byte[] EchoOfNothing = [0x00, 0xF0, 0x78];

    public I2cOutcome Write(ReadOnlySpan<byte> bytes) => chip.Write(bytes.Length > 0 && bytes[0] == UpdateZone ? EchoOfNothing : bytes);

    public I2cOutcome Read(Span<byte> bytes) => chip.Read(bytes);
}
