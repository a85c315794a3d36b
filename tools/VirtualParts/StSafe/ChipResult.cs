namespace DevKit.VirtualParts.StSafe;

/// <summary>What came of a command in the chip.</summary>
/// <param name="Status">The answer's status.</param>
/// <param name="Data">The answer's data.</param>
/// <param name="Write">What is to change, if anything.</param>
internal sealed record ChipResult(ChipStatus Status, byte[] Data, ZoneWrite? Write = null)
{
    /// <summary>A refusal.</summary>
    public static ChipResult Refuse(ChipStatus status) => new(status, []);

    /// <summary>Done, with data to answer.</summary>
    public static ChipResult Done(params byte[] data) => new(ChipStatus.Ok, data);
}
