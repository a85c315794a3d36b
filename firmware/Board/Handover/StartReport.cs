namespace DevKit.Board.Handover
{
    /// <summary>How the board came up this time, for whoever watches it from afar.</summary>
    public sealed class StartReport
    {
        /// <summary>Puts the report together.</summary>
        public StartReport(string resetReason, int crashesInARow, string bootVersion, string firmwareVersion)
        {
            ResetReason = resetReason;
            CrashesInARow = crashesInARow;
            BootVersion = bootVersion;
            FirmwareVersion = firmwareVersion;
        }

        /// <summary>What started the board, as in "power" or "exit from the console".</summary>
        public string ResetReason { get; }

        /// <summary>How often the application crashed without having run well in between; at most 255.</summary>
        public int CrashesInARow { get; }

        /// <summary>Boot's version, three numbers.</summary>
        public string BootVersion { get; }

        /// <summary>The application image's version, three numbers; null if the image is damaged.</summary>
        public string FirmwareVersion { get; }
    }
}
