using System.Text;

namespace DevKit.Azure.Text
{
    /// <summary>UTF-8, byte by byte (RFC 3629).</summary>
    public static class Utf8
    {
        /// <summary>How many bytes a character takes.</summary>
        /// <param name="bytes">The text.</param>
        /// <param name="at">Where the character starts.</param>
        /// <param name="end">Where the text ends.</param>
        /// <returns>1 to 4; 0 when what stands there is no character, or a cut one (RFC 3629, 4).</returns>
        internal static int FindLength(byte[] bytes, int at, int end)
        {
            int first = bytes[at];
            if (first < 0x80)
            {
                return 1;
            }

            int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
            if (length == 0 || at + length > end)
            {
                return 0;
            }

            // Neither longer than need be, nor a surrogate, nor beyond U+10FFFF: the second byte has narrower bounds there.
            int second = bytes[at + 1];
            int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
            if (second < least || second > most)
            {
                return 0;
            }

            for (int i = 2; i < length; i++)
            {
                if (!IsContinuation(bytes[at + i]))
                {
                    return 0;
                }
            }

            return length;
        }

        /// <summary>The text of bytes that may be UTF-8 or not.</summary>
        /// <param name="bytes">The bytes.</param>
        /// <param name="most">How many of them are looked at; where there are more, three dots follow.</param>
        /// <returns>
        /// The text; a byte that belongs to no character is a question mark, and a NUL, at which nanoCLR's strings end, too.
        /// </returns>
        public static string ToText(byte[] bytes, int most)
        {
            int length = bytes.Length > most ? FindCut(bytes, most) : bytes.Length;
            byte[] text = new byte[length];
            for (int at = 0; at < length;)
            {
                int count = bytes[at] == 0 ? 0 : FindLength(bytes, at, length);
                if (count == 0)
                {
                    text[at++] = (byte)'?';
                }

                for (; count > 0; count--, at++)
                {
                    text[at] = bytes[at];
                }
            }

            string shown = Encoding.UTF8.GetString(text, 0, length);
            return bytes.Length > most ? shown + "..." : shown;
        }

        /// <summary>Where a text is to be cut, so that no character is cut through.</summary>
        /// <param name="bytes">The text.</param>
        /// <param name="most">How many bytes may stay; fewer than the text has.</param>
        private static int FindCut(byte[] bytes, int most)
        {
            int cut = most;
            while (cut > 0 && IsContinuation(bytes[cut]))
            {
                cut--;
            }

            return cut;
        }

        /// <summary>Writes a character.</summary>
        /// <param name="codePoint">U+0000 to U+10FFFF, no surrogate.</param>
        /// <param name="bytes">Where it goes.</param>
        /// <param name="at">At which place.</param>
        /// <returns>The place behind it.</returns>
        internal static int Write(int codePoint, byte[] bytes, int at)
        {
            if (codePoint < 0x80)
            {
                bytes[at++] = (byte)codePoint;
                return at;
            }

            if (codePoint < 0x800)
            {
                bytes[at++] = (byte)(0xC0 | (codePoint >> 6));
            }
            else
            {
                if (codePoint < 0x10000)
                {
                    bytes[at++] = (byte)(0xE0 | (codePoint >> 12));
                }
                else
                {
                    bytes[at++] = (byte)(0xF0 | (codePoint >> 18));
                    bytes[at++] = (byte)(0x80 | ((codePoint >> 12) & 0x3F));
                }

                bytes[at++] = (byte)(0x80 | ((codePoint >> 6) & 0x3F));
            }

            bytes[at++] = (byte)(0x80 | (codePoint & 0x3F));
            return at;
        }

        // RFC 3629, 3: all bytes of a character but its first are 10xxxxxx.
        private static bool IsContinuation(byte value)
        {
            return (value & 0xC0) == 0x80;
        }
    }
}
