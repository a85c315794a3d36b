namespace DevKit.StSafe.Frames
{
    /// <summary>Statuses in words: an enum's name is not known at run time on nanoCLR.</summary>
    internal static class StatusText
    {
        /// <summary>What came of a command and, where something can be done, what.</summary>
        internal static string Describe(StSafeStatus status)
        {
            switch (status)
            {
                case StSafeStatus.NoAnswer:
                    return "no acknowledge within one second, nothing was taken: "
                        + "check the chip's power and the I2C wires, then reset the board";
                case StSafeStatus.StillBusy:
                    return "the chip took the command and did not answer within one second: reset the board and try again";
                case StSafeStatus.BusFault:
                    return "the I2C bus timed out: check that nothing holds SDA or SCL low, then reset the board";
                case StSafeStatus.BadAnswer:
                    return "the answer is damaged each time it is read: check the I2C wires and pull-ups";
                case StSafeStatus.AccessConditionNotSatisfied:
                    return "access condition not satisfied (status 11): the zone asks for a host session, which this driver does not open";
                default:
                    return Name(status) + " (status " + ((int)status).ToString("X2") + ")";
            }
        }

        private static string Name(StSafeStatus status)
        {
            switch (status)
            {
                case StSafeStatus.CommunicationError: return "the command arrived damaged";
                case StSafeStatus.InconsistentData: return "inconsistent data";
                case StSafeStatus.ValueOutOfRange: return "value out of range";
                case StSafeStatus.UnsupportedCommand: return "unsupported command";
                case StSafeStatus.BufferExceeded: return "buffer exceeded";
                case StSafeStatus.KeyNotFound: return "key not found";
                case StSafeStatus.KeyBlocked: return "key blocked";
                case StSafeStatus.InvalidLifeCycle: return "not allowed in the chip's life cycle";
                case StSafeStatus.EntryNotFound: return "no such zone";
                case StSafeStatus.WrongZoneType: return "wrong zone type";
                case StSafeStatus.BoundaryExceeded: return "past the zone's end";
                case StSafeStatus.InvalidCommandMac: return "invalid C-MAC";
                case StSafeStatus.DecryptionError: return "decryption error";
                default: return "refused";
            }
        }
    }
}
