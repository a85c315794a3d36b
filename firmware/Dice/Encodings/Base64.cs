using System;

namespace DevKit.Dice.Encodings
{
    /// <summary>Base64 with padding (RFC 4648, 4).</summary>
    public static class Base64
    {
        /// <summary>Whether a text is base64: groups of four characters and nothing else, the last group padded; not empty.</summary>
        /// <param name="text">The text.</param>
        /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
        public static bool IsValid(string text)
        {
            Argument.Require(text, nameof(text));
            int end = text.Length;
            while (end > 0 && text.Length - end < 2 && text[end - 1] == '=')
            {
                end--;
            }

            for (int i = 0; i < end; i++)
            {
                if (ValueOf(text[i]) < 0)
                {
                    return false;
                }
            }

            return end > 0 && text.Length % 4 == 0;
        }

        /// <summary>Decodes base64; blanks, tabs and line ends may stand anywhere.</summary>
        /// <param name="text">Where the text is, in ASCII.</param>
        /// <param name="offset">The index of its first character.</param>
        /// <param name="count">How many characters it has.</param>
        /// <returns>The bytes, one at least; null if it is not valid.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
        /// <exception cref="ArgumentException"><paramref name="offset"/> or <paramref name="count"/> leads out of the array.</exception>
        public static byte[] Decode(byte[] text, int offset, int count)
        {
            Argument.RequireRange(text, nameof(text), offset, count);
            byte[] decoded = new byte[count / 4 * 3 + 3];
            int length = 0, group = 0, characters = 0, padding = 0;
            for (int i = offset; i < offset + count; i++)
            {
                byte c = text[i];
                if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
                {
                    continue;
                }

                int value = c == '=' ? 0 : ValueOf(c);
                if (value < 0 || (padding > 0 && c != '=') || (c == '=' && characters % 4 < 2))
                {
                    return null;
                }

                padding += c == '=' ? 1 : 0;
                group = group << 6 | value;
                if (++characters % 4 == 0)
                {
                    decoded[length++] = (byte)(group >> 16);
                    decoded[length++] = (byte)(group >> 8);
                    decoded[length++] = (byte)group;
                    group = 0;
                }
            }

            length -= padding;
            if (characters % 4 != 0 || length <= 0)
            {
                return null;
            }

            byte[] result = new byte[length];
            Array.Copy(decoded, 0, result, 0, length);
            return result;
        }

        /// <summary>The character for six bits (RFC 4648, table 1).</summary>
        internal static char ToCharacter(int value)
        {
            if (value < 52)
            {
                return (char)(value < 26 ? 'A' + value : 'a' + value - 26);
            }

            return value < 62 ? (char)('0' + value - 52) : value == 62 ? '+' : '/';
        }

        private static int ValueOf(int c)
        {
            if (c >= 'A' && c <= 'Z')
            {
                return c - 'A';
            }

            if (c >= 'a' && c <= 'z')
            {
                return c - 'a' + 26;
            }

            if (c >= '0' && c <= '9')
            {
                return c - '0' + 52;
            }

            return c == '+' ? 62 : c == '/' ? 63 : -1;
        }
    }
}
