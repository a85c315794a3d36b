namespace DevKit.Boot.Reset
{
    /// <summary>Why the board started.</summary>
    public enum ResetReason : byte
    {
        /// <summary>Power came: the backup memory held nothing.</summary>
        PowerOn = 0,

        /// <summary>The reset button, or a reset that nobody announced.</summary>
        ResetButton = 1,

        /// <summary>The user left the console.</summary>
        Console = 2,

        /// <summary>The application had crashed.</summary>
        Crash = 3,

        /// <summary>The application asked for it.</summary>
        Application = 4,
    }
}
