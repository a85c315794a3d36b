namespace DevKit.StSafe.ProductInformation
{
    /// <summary>Answer to Query life cycle (tag 08).</summary>
    public sealed class StSafeLifeCycle
    {
        private const int LockedBit = 0x80;

        /// <summary>Reads the one byte of the answer.</summary>
        public StSafeLifeCycle(int value)
        {
            Phase = (StSafeLifeCyclePhase)(value & ~LockedBit);
            IsLocked = (value & LockedBit) != 0;
        }

        /// <summary>The phase; another number than the named ones is a phase that this driver does not know.</summary>
        public StSafeLifeCyclePhase Phase { get; }

        /// <summary>Whether the chip is locked.</summary>
        public bool IsLocked { get; }
    }
}
