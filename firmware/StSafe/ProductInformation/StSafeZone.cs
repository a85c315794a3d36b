namespace DevKit.StSafe.ProductInformation
{
    /// <summary>A zone of the chip's data partition, as Query data partition (tag 12) describes it.</summary>
    public sealed class StSafeZone
    {
        private readonly int _access;

        internal StSafeZone(int index, bool isCounter, int access, int length, uint counter)
        {
            Index = index;
            IsCounter = isCounter;
            Length = length;
            Counter = counter;
            _access = access;
        }

        /// <summary>The zone's number.</summary>
        public int Index { get; }

        /// <summary>Whether the zone has a counter that only goes down.</summary>
        public bool IsCounter { get; }

        /// <summary>Bytes in the zone, by the chip's own count: a few more than the DevKit's settings use.</summary>
        public int Length { get; }

        /// <summary>The counter's value; 0 when the zone has none.</summary>
        public uint Counter { get; }

        /// <summary>Who may read.</summary>
        public StSafeAccess ReadAccess
        {
            get { return (StSafeAccess)((_access >> 4) & 7); }
        }

        /// <summary>Who may update.</summary>
        public StSafeAccess UpdateAccess
        {
            get { return (StSafeAccess)(_access & 7); }
        }

        /// <summary>Whether the read condition may still be changed.</summary>
        public bool MayChangeReadAccess
        {
            get { return (_access & 0x80) != 0; }
        }

        /// <summary>Whether the update condition may still be changed.</summary>
        public bool MayChangeUpdateAccess
        {
            get { return (_access & 0x08) != 0; }
        }
    }
}
