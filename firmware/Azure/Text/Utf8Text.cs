using System.Text;
using DevKit.Dice.Encodings;

namespace DevKit.Azure.Text
{
    /// <summary>Text that comes as UTF-8, or as what should be, and goes as such (RFC 3629).</summary>
    public static class Utf8Text
    {
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
                int count = bytes[at] == 0 ? 0 : Utf8.FindLength(bytes, at, length);
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
