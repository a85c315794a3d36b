namespace DevKit.StSafe.ProductInformation
{
    /// <summary>
    /// Reads the answer to Query data partition: a count, then for each zone index, type, access byte and length (2 bytes),
    /// and 4 bytes more for a counter.
    /// </summary>
    public static class PartitionParser
    {
        private const int RecordLength = 5;
        private const int CounterLength = 4;
        private const int CounterType = 1;

        /// <summary>The zones, in the chip's order.</summary>
        /// <param name="data">The answer's data.</param>
        /// <returns>The zones, or null when the data does not add up.</returns>
        public static StSafeZone[] Parse(byte[] data)
        {
            if (data.Length == 0)
            {
                return null;
            }

            StSafeZone[] zones = new StSafeZone[data[0]];
            int at = 1;
            for (int i = 0; i < zones.Length; i++)
            {
                if (at + RecordLength > data.Length)
                {
                    return null;
                }

                bool isCounter = data[at + 1] == CounterType;
                int next = at + RecordLength + (isCounter ? CounterLength : 0);
                if (next > data.Length)
                {
                    return null;
                }

                int length = (data[at + 3] << 8) | data[at + 4];
                uint counter = isCounter ? ReadUInt32(data, at + RecordLength) : 0;
                zones[i] = new StSafeZone(data[at], isCounter, data[at + 2], length, counter);
                at = next;
            }

            return at == data.Length ? zones : null;
        }

        private static uint ReadUInt32(byte[] data, int at)
        {
            return ((uint)data[at] << 24) | ((uint)data[at + 1] << 16) | ((uint)data[at + 2] << 8) | data[at + 3];
        }
    }
}
