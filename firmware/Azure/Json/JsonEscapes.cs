using DevKit.Azure.Text;

namespace DevKit.Azure.Json
{
    /// <summary>What stands behind a backslash in a string (RFC 8259, 7).</summary>
    internal static class JsonEscapes
    {
        private const string Letters = "\"\\/bfnrt";
        private const string Meanings = "\"\\/\b\f\n\r\t";
        private const int HexLength = 6;
        private const int Replacement = 0xFFFD;

        /// <summary>How many bytes an escape takes, backslash included; 0 when it is none.</summary>
        internal static int FindLength(byte[] bytes, int at)
        {
            if (at + 1 == bytes.Length)
            {
                return 0;
            }

            if (bytes[at + 1] != 'u')
            {
                return Letters.IndexOf((char)bytes[at + 1]) < 0 ? 0 : 2;
            }

            return at + HexLength <= bytes.Length && ReadHex(bytes, at) >= 0 ? HexLength : 0;
        }

        /// <summary>Decodes a string that was found to be one.</summary>
        /// <param name="bytes">Where it stands.</param>
        /// <param name="start">Its content's start.</param>
        /// <param name="count">Its content's length.</param>
        /// <param name="length">How many bytes the text has.</param>
        /// <returns>The text in UTF-8, and unused bytes behind it: no escape is shorter than what it means.</returns>
        internal static byte[] Decode(byte[] bytes, int start, int count, out int length)
        {
            byte[] text = new byte[count];
            int end = start + count;
            length = 0;
            for (int at = start; at < end;)
            {
                if (bytes[at] != '\\')
                {
                    text[length++] = bytes[at++];
                }
                else if (bytes[at + 1] != 'u')
                {
                    text[length++] = (byte)Meanings[Letters.IndexOf((char)bytes[at + 1])];
                    at += 2;
                }
                else
                {
                    int unit = ReadHex(bytes, at);
                    at += HexLength;
                    int low = IsHigh(unit) && at + HexLength <= end && bytes[at] == '\\' && bytes[at + 1] == 'u' ? ReadHex(bytes, at) : 0;
                    if (low >= 0xDC00 && low < 0xE000)
                    {
                        at += HexLength;
                        unit = 0x10000 + ((unit - 0xD800) << 10) + low - 0xDC00;
                    }
                    else if (unit == 0 || (unit >= 0xD800 && unit < 0xE000))
                    {
                        unit = Replacement;
                    }

                    length = Utf8Text.Write(unit, text, length);
                }
            }

            return text;
        }

        private static bool IsHigh(int unit)
        {
            return unit >= 0xD800 && unit < 0xDC00;
        }

        // The four digits behind \u, or -1.
        private static int ReadHex(byte[] bytes, int at)
        {
            int value = 0;
            for (int i = at + 2; i < at + HexLength; i++)
            {
                int c = bytes[i];
                int letter = c | 0x20;
                int digit = c >= '0' && c <= '9' ? c - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
                if (digit < 0)
                {
                    return -1;
                }

                value = (value << 4) | digit;
            }

            return value;
        }
    }
}
