namespace DevKit.Boot.Settings
{
    /// <summary>UTF-8 as RFC 3629 defines it.</summary>
    internal static class Utf8
    {
        /// <summary>Where bytes cease to be UTF-8.</summary>
        /// <param name="bytes">The bytes.</param>
        /// <returns>The index of the first byte that begins no whole character; -1 if there is none.</returns>
        internal static int FindInvalid(byte[] bytes)
        {
            int at = 0;
            while (at < bytes.Length)
            {
                int length = FindLength(bytes, at);
                if (length == 0)
                {
                    return at;
                }

                at += length;
            }

            return -1;
        }

        // RFC 3629, 4: the first byte says how many follow, and bounds the second more closely than 80 to BF.
        private static int FindLength(byte[] bytes, int at)
        {
            byte first = bytes[at];
            if (first < 0x80)
            {
                return 1;
            }

            int length = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
            if (length > bytes.Length - at)
            {
                return 0;
            }

            for (int i = 1; i < length; i++)
            {
                byte b = bytes[at + i];
                int lowest = i > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
                int highest = i > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
                if (b < lowest || b > highest)
                {
                    return 0;
                }
            }

            return length;
        }
    }
}
