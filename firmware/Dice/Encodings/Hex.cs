using System;

namespace DevKit.Dice.Encodings
{
    /// <summary>Hexadecimal text.</summary>
    public static class Hex
    {
        /// <summary>Two lower-case digits a byte.</summary>
        /// <param name="bytes">The bytes.</param>
        /// <returns>The text.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="bytes"/> is null.</exception>
        public static string Encode(byte[] bytes)
        {
            Argument.Require(bytes, nameof(bytes));
            return Encode(bytes, 0, bytes.Length);
        }

        /// <summary>Two lower-case digits a byte.</summary>
        /// <param name="bytes">Where the bytes are.</param>
        /// <param name="offset">The index of the first.</param>
        /// <param name="count">How many.</param>
        /// <returns>The text.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="bytes"/> is null.</exception>
        /// <exception cref="ArgumentException"><paramref name="offset"/> or <paramref name="count"/> leads out of the array.</exception>
        public static string Encode(byte[] bytes, int offset, int count)
        {
            Argument.RequireRange(bytes, nameof(bytes), offset, count);

            char[] text = new char[count * 2];
            for (int i = 0; i < count; i++)
            {
                text[2 * i] = ToDigit(bytes[offset + i] >> 4);
                text[2 * i + 1] = ToDigit(bytes[offset + i] & 15);
            }

            return new string(text);
        }

        /// <summary>Two lower-case digits a byte, as ASCII bytes: unlike a string they can be wiped.</summary>
        /// <param name="bytes">The bytes.</param>
        /// <returns>The text, which the caller wipes if it is secret.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="bytes"/> is null.</exception>
        public static byte[] EncodeToBytes(byte[] bytes)
        {
            Argument.Require(bytes, nameof(bytes));
            byte[] text = new byte[bytes.Length * 2];
            for (int i = 0; i < bytes.Length; i++)
            {
                text[2 * i] = (byte)ToDigit(bytes[i] >> 4);
                text[2 * i + 1] = (byte)ToDigit(bytes[i] & 15);
            }

            return text;
        }

        /// <summary>The value of a hexadecimal digit in ASCII, of either case; -1 if it is none.</summary>
        internal static int ValueOf(byte digit)
        {
            if (digit >= '0' && digit <= '9')
            {
                return digit - '0';
            }

            int lower = digit | 0x20;
            return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
        }

        private static char ToDigit(int value)
        {
            return (char)(value < 10 ? '0' + value : 'a' + value - 10);
        }
    }
}
