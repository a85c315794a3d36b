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

    /// <summary>Power has to fail: a chip that forgot what it was told, and went on, would be none.</summary>
    /// <param name="message">What can't be kept, for the user.</param>
    /// <param name="cause">Why.</param>
    public PowerLostException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
