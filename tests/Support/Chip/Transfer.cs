using NanoStandIns;

namespace DevKit.Support.Chip;

/// <summary>A transfer that passed on the bus.</summary>
/// <param name="Written">Bytes that the controller wrote; empty for a read.</param>
/// <param name="Read">Bytes that came; empty for a write.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record Transfer(byte[] Written, byte[] Read, I2cOutcome Outcome)
{
    private const byte UpdateZone = 0x06;

    /// <summary>Whether it was an Update zone command.</summary>
    public bool IsUpdate => Written.Length > 0 && Written[0] == UpdateZone;

    /// <summary>Bytes of the longer direction.</summary>
    public int Length => Math.Max(Written.Length, Read.Length);
}
