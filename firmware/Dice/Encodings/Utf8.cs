using System;

namespace DevKit.Dice.Encodings
{
    /// <summary>What is UTF-8 and what is not (RFC 3629).</summary>
    public static class Utf8
    {
        /// <summary>Where bytes cease to be UTF-8.</summary>
        /// <param name="bytes">The bytes.</param>
        /// <returns>The index of the first byte that begins no whole character; -1 if there is none.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="bytes"/> is null.</exception>
        public static int FindInvalid(byte[] bytes)
        {
            Argument.Require(bytes, nameof(bytes));
            int at = 0;
            while (at < bytes.Length)
            {
                int length = FindLength(bytes, at, bytes.Length);
                if (length == 0)
                {
                    return at;
                }

                at += length;
            }

            return -1;
        }

        /// <summary>How many bytes a character takes.</summary>
        /// <param name="bytes">The text.</param>
        /// <param name="at">Where the character starts.</param>
        /// <param name="end">Where the text ends.</param>
        /// <returns>1 to 4; 0 when what stands there is no character, or a cut one (RFC 3629, 4).</returns>
        public static int FindLength(byte[] bytes, int at, int end)
        {
            int first = bytes[at];
            if (first < 0x80)
            {
                return 1;
            }

            int length = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
            if (length > end - at)
            {
                return 0;
            }

            // Neither longer than need be, nor a surrogate, nor beyond U+10FFFF: the second byte has narrower bounds there.
            for (int i = 1; i < length; i++)
            {
                int lowest = i > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
                int highest = i > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
                if (bytes[at + i] < lowest || bytes[at + i] > highest)
                {
                    return 0;
                }
            }

            return length;
        }
    }
}
