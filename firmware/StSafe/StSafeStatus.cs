namespace DevKit.StSafe
{
    /// <summary>
    /// How a command ended. Values below 256 are the chip's own, from the first byte of its answer; the others are what the
    /// driver found out without the chip's help.
    /// </summary>
    public enum StSafeStatus
    {
        /// <summary>Done.</summary>
        Ok = 0x00,

        /// <summary>The chip received a command whose CRC is wrong.</summary>
        CommunicationError = 0x01,

        /// <summary>The command's parameters contradict each other.</summary>
        InconsistentData = 0x02,

        /// <summary>A parameter is out of its range.</summary>
        ValueOutOfRange = 0x03,

        /// <summary>The chip does not know the command, or the query's tag.</summary>
        UnsupportedCommand = 0x04,

        /// <summary>The command is longer than the chip's buffer.</summary>
        BufferExceeded = 0x06,

        /// <summary>A key that the command needs is not there.</summary>
        KeyNotFound = 0x0A,

        /// <summary>A key that the command needs is blocked.</summary>
        KeyBlocked = 0x0B,

        /// <summary>The chip's life cycle does not allow the command.</summary>
        InvalidLifeCycle = 0x0F,

        /// <summary>There is no such zone or entry.</summary>
        EntryNotFound = 0x10,

        /// <summary>The zone's access condition asks for a host session or more.</summary>
        AccessConditionNotSatisfied = 0x11,

        /// <summary>The zone is a counter, or is none.</summary>
        WrongZoneType = 0x12,

        /// <summary>Offset and length go past the zone's end.</summary>
        BoundaryExceeded = 0x14,

        /// <summary>The command's C-MAC is wrong.</summary>
        InvalidCommandMac = 0x16,

        /// <summary>An encrypted parameter could not be decrypted.</summary>
        DecryptionError = 0x18,

        /// <summary>No acknowledge to the command within the bound: nobody is there, or busy for ever. The command was not taken.</summary>
        NoAnswer = 0x100,

        /// <summary>The command went out whole, and then the chip did not acknowledge a read within the bound.</summary>
        StillBusy = 0x101,

        /// <summary>The bus driver gave up (bus stuck, clock held too long): whether the command was taken is not known.</summary>
        BusFault = 0x102,

        /// <summary>The answer's length or CRC is wrong, and stayed so when it was read again.</summary>
        BadAnswer = 0x103,

        /// <summary>A setting that was written reads back different.</summary>
        ReadBackDiffers = 0x104,
    }
}
