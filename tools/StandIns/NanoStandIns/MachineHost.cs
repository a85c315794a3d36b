namespace NanoStandIns;

/// <summary>
/// Where the stand-ins find the board they are wired to. The device's APIs are static (<c>I2cDevice.Create</c>,
/// <c>new GpioController()</c>), so there is one board a process, set before the firmware starts.
/// </summary>
public static class MachineHost
{
    /// <summary>The board of this process.</summary>
    /// <exception cref="InvalidOperationException">No board has been set.</exception>
    public static Machine Current
    {
        get => field ?? throw new InvalidOperationException("No board: set MachineHost.Current before device code runs.");
        set;
    }
}
