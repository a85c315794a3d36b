namespace DevKit.StSafe.Frames
{
    /// <summary>
    /// CRC-16/X-25: polynomial 0x1021 reflected, initial value and final XOR 0xFFFF; "123456789" gives 0x906E.
    /// The chip sends it high byte first.
    /// </summary>
    public static class FrameCrc
    {
        /// <summary>The register before the first byte.</summary>
        public const int Initial = 0xFFFF;

        /// <summary>Takes bytes into the register.</summary>
        /// <param name="register">The register so far; <see cref="Initial"/> to begin.</param>
        /// <param name="bytes">The array that holds the bytes.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="count">How many they are.</param>
        /// <returns>The register; <see cref="Finish"/> makes the CRC of it.</returns>
        public static int Add(int register, byte[] bytes, int offset, int count)
        {
            int end = offset + count;
            for (int i = offset; i < end; i++)
            {
                // The eight shifts of a byte at once, as 0x8408's three taps let them be folded: no table in RAM.
                int x = (register ^ bytes[i]) & 0xFF;
                x ^= (x << 4) & 0xFF;
                register = (register >> 8) ^ (x << 8) ^ (x << 3) ^ (x >> 4);
            }

            return register;
        }

        /// <summary>The CRC of what was taken into the register.</summary>
        public static int Finish(int register)
        {
            return register ^ 0xFFFF;
        }
    }
}
