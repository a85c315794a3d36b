namespace DevKit.VirtualParts.Faults;

/// <summary>
/// Power fails in the middle of a transfer, for the whole board: where the firmware runs in this process it ends here, as nothing
/// catches this. What the chip's store holds is what a next power-on finds.
/// </summary>
public sealed class PowerLostException : Exception
{
    /// <summary>Power fails.</summary>
    public PowerLostException()
        : base("The power of the virtual board failed.")
    {
    }
}
