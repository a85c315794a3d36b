using System;

namespace DevKit.Dice
{
    /// <summary>PEM (RFC 7468): base64 between a BEGIN and an END line, 64 characters a line, each line ended by LF.</summary>
    public static class Pem
    {
        private const int LineLength = 64;

        /// <summary>Encodes bytes.</summary>
        /// <param name="label">The label, as in <c>CERTIFICATE</c>.</param>
        /// <param name="der">The bytes.</param>
        /// <returns>The text, ending in one LF.</returns>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        public static string Encode(string label, byte[] der)
        {
            Argument.Require(label, nameof(label));
            Argument.Require(der, nameof(der));

            int characters = (der.Length + 2) / 3 * 4;
            char[] text = new char[characters + (characters + LineLength - 1) / LineLength];
            int at = 0, column = 0;
            for (int i = 0; i < der.Length; i += 3)
            {
                bool second = i + 1 < der.Length, third = i + 2 < der.Length;
                int group = der[i] << 16 | (second ? der[i + 1] << 8 : 0) | (third ? der[i + 2] : 0);
                text[at++] = ToCharacter(group >> 18);
                text[at++] = ToCharacter(group >> 12 & 63);
                text[at++] = second ? ToCharacter(group >> 6 & 63) : '=';
                text[at++] = third ? ToCharacter(group & 63) : '=';
                column += 4;
                if (column == LineLength)
                {
                    text[at++] = '\n';
                    column = 0;
                }
            }

            if (column > 0)
            {
                text[at] = '\n';
            }

            return "-----BEGIN " + label + "-----\n" + new string(text) + "-----END " + label + "-----\n";
        }

        /// <summary>Finds the next block with a label and decodes it. Text around the block, blanks in it and any line length are accepted.</summary>
        /// <param name="label">The label, as in <c>CERTIFICATE</c>.</param>
        /// <param name="text">The text in ASCII; a NUL ends it.</param>
        /// <param name="start">Where to begin to look.</param>
        /// <param name="end">The index after the END line, or <paramref name="start"/> if there is no block.</param>
        /// <returns>The bytes; null if there is no whole, valid block.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="label"/> or <paramref name="text"/> is null.</exception>
        /// <exception cref="ArgumentException"><paramref name="start"/> is outside the text.</exception>
        public static byte[] Decode(string label, byte[] text, int start, out int end)
        {
            Argument.Require(label, nameof(label));
            Argument.Require(text, nameof(text));
            if (start < 0 || start > text.Length)
            {
                throw new ArgumentException("The start is outside the text.", nameof(start));
            }

            end = start;
            string begin = "-----BEGIN " + label + "-----", close = "-----END " + label + "-----";
            int from = Find(begin, text, start);
            if (from < 0)
            {
                return null;
            }

            from += begin.Length;
            int to = Find(close, text, from);
            if (to < 0)
            {
                return null;
            }

            byte[] der = DecodeBase64(text, from, to);
            if (der != null)
            {
                end = SkipLineEnd(text, to + close.Length);
            }

            return der;
        }

        // Base64 with blanks and line ends anywhere; null if it is not valid.
        private static byte[] DecodeBase64(byte[] text, int from, int to)
        {
            byte[] decoded = new byte[(to - from) / 4 * 3 + 3];
            int length = 0, group = 0, characters = 0, padding = 0;
            for (int i = from; i < to; i++)
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
            if (characters % 4 != 0 || padding > 2 || length <= 0)
            {
                return null;
            }

            byte[] result = new byte[length];
            Array.Copy(decoded, 0, result, 0, length);
            return result;
        }

        // RFC 4648, table 1.
        private static char ToCharacter(int value)
        {
            if (value < 52)
            {
                return (char)(value < 26 ? 'A' + value : 'a' + value - 26);
            }

            return value < 62 ? (char)('0' + value - 52) : value == 62 ? '+' : '/';
        }

        private static int ValueOf(byte c)
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

        // Where an ASCII text begins at or after an index, or -1; a NUL ends the search.
        private static int Find(string wanted, byte[] text, int start)
        {
            for (int i = start; i <= text.Length - wanted.Length && text[i] != 0; i++)
            {
                int matched = 0;
                while (matched < wanted.Length && text[i + matched] == wanted[matched])
                {
                    matched++;
                }

                if (matched == wanted.Length)
                {
                    return i;
                }
            }

            return -1;
        }

        private static int SkipLineEnd(byte[] text, int at)
        {
            if (at < text.Length && text[at] == '\r')
            {
                at++;
            }

            return at < text.Length && text[at] == '\n' ? at + 1 : at;
        }
    }
}
