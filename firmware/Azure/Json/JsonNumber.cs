namespace DevKit.Azure.Json
{
    /// <summary>What a number's digits are worth (RFC 8259, 6).</summary>
    internal static class JsonNumber
    {
        // More than any exponent that matters: the number is saturated, or nothing, long before.
        private const int MostExponent = 1000000;

        /// <summary>The integer part of a number that was found to be one, saturated.</summary>
        internal static int ToInt32(byte[] bytes, int start, int count)
        {
            int end = start + count;
            bool isNegative = bytes[start] == '-';
            int first = isNegative ? start + 1 : start;
            int integerDigits = 0;
            int at = first;
            for (bool isFraction = false; at < end && (bytes[at] | 0x20) != 'e'; at++)
            {
                isFraction |= bytes[at] == '.';
                integerDigits += isFraction ? 0 : 1;
            }

            // The exponent moves the point.
            int left = integerDigits + ReadExponent(bytes, at + 1, end);
            long value = 0;
            for (int i = first; left > 0 && value <= int.MaxValue; i++)
            {
                if (i >= at && value == 0)
                {
                    break;
                }

                if (i >= at || bytes[i] != '.')
                {
                    value = (value * 10) + (i < at ? bytes[i] - '0' : 0);
                    left--;
                }
            }

            int saturated = value > int.MaxValue ? int.MaxValue : (int)value;
            return isNegative ? -saturated : saturated;
        }

        private static int ReadExponent(byte[] bytes, int at, int end)
        {
            int value = 0;
            bool isNegative = at < end && bytes[at] == '-';
            for (int i = at; i < end && value < MostExponent; i++)
            {
                if (bytes[i] != '-' && bytes[i] != '+')
                {
                    value = (value * 10) + bytes[i] - '0';
                }
            }

            return isNegative ? -value : value;
        }
    }
}
