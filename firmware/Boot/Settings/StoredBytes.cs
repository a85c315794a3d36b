using System;

namespace DevKit.Boot.Settings
{
    /// <summary>Small questions about bytes of a zone.</summary>
    internal static class StoredBytes
    {
        private const int Erased = 0xFF;

        /// <summary>Whether the first bytes are all erased ones: 00 or FF.</summary>
        internal static bool AreBlank(byte[] bytes, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (bytes[i] != 0 && bytes[i] != Erased)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Where the first NUL stands, or -1.</summary>
        internal static int FindNul(byte[] bytes)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] == 0)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>The first bytes of one array and of another behind them; both arrays are wiped.</summary>
        internal static byte[] Join(byte[] first, byte[] second, int secondCount)
        {
            byte[] both = new byte[first.Length + secondCount];
            Array.Copy(first, 0, both, 0, first.Length);
            Array.Copy(second, 0, both, first.Length, secondCount);
            Array.Clear(first, 0, first.Length);
            Array.Clear(second, 0, second.Length);
            return both;
        }

        /// <summary>
        /// Whether some bytes, which are not fewer, start with others, in a time that does not depend on where they differ.
        /// </summary>
        internal static bool StartsWith(byte[] bytes, byte[] start)
        {
            int difference = 0;
            for (int i = 0; i < start.Length; i++)
            {
                difference |= bytes[i] ^ start[i];
            }

            return difference == 0;
        }

        /// <summary>CRC-32 (polynomial 0xEDB88320 reflected), its register before the first byte being 0xFFFFFFFF.</summary>
        internal static uint AddToCrc32(uint register, byte[] bytes, int count)
        {
            for (int i = 0; i < count; i++)
            {
                register ^= bytes[i];
                for (int bit = 0; bit < 8; bit++)
                {
                    register = (register & 1) != 0 ? (register >> 1) ^ 0xEDB88320 : register >> 1;
                }
            }

            return register;
        }
    }
}
