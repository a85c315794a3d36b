namespace DevKit.StSafe.Frames
{
    /// <summary>Command codes of the STSAFE-A100. The top three bits are session flags, 0 without a host session.</summary>
    public enum StSafeCommand
    {
        /// <summary>The chip returns the data.</summary>
        Echo = 0x00,

        /// <summary>Random bytes.</summary>
        GenerateRandom = 0x02,

        /// <summary>Bytes of a data partition zone.</summary>
        ReadZone = 0x05,

        /// <summary>Writes bytes of a data partition zone.</summary>
        UpdateZone = 0x06,

        /// <summary>What the chip says of itself, by tag.</summary>
        Query = 0x14,
    }
}
