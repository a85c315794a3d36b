namespace NanoStandIns;

/// <summary>How a transfer ended, as seen on the wires of the bus.</summary>
public enum I2cOutcome
{
    /// <summary>Every byte was transferred and acknowledged.</summary>
    Complete,

    /// <summary>The address or a byte was not acknowledged; the target has not taken the command.</summary>
    NotAcknowledged,

    /// <summary>The controller gave up (bus stuck, clock stretched too long): whether the target took the bytes is not known.</summary>
    TimedOut,
}
