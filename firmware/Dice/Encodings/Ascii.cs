namespace DevKit.Dice.Encodings
{
    /// <summary>Text of ASCII characters as bytes.</summary>
    internal static class Ascii
    {
        /// <summary>The bytes of a text.</summary>
        internal static byte[] GetBytes(string text)
        {
            byte[] bytes = new byte[text.Length];
            Write(text, bytes, 0);
            return bytes;
        }

        /// <summary>The text of bytes, each that is not printable ASCII as a question mark.</summary>
        internal static string GetText(byte[] bytes)
        {
            char[] text = new char[bytes.Length];
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = bytes[i] >= ' ' && bytes[i] <= '~' ? (char)bytes[i] : '?';
            }

            return new string(text);
        }

        /// <summary>Writes a text's bytes.</summary>
        internal static void Write(string text, byte[] bytes, int offset)
        {
            for (int i = 0; i < text.Length; i++)
            {
                bytes[offset + i] = (byte)text[i];
            }
        }
    }
}
