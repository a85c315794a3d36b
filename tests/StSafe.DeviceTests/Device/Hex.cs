namespace DevKit.StSafe.DeviceTests.Device
{
    /// <summary>Bytes as hexadecimal text, and ASCII as bytes, without the packages for it.</summary>
    internal static class Hex
    {
        private const string Digits = "0123456789ABCDEF";

        internal static byte[] Parse(string text)
        {
            byte[] bytes = new byte[text.Length / 2];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)((Digits.IndexOf(text[2 * i]) << 4) | Digits.IndexOf(text[(2 * i) + 1]));
            }

            return bytes;
        }

        internal static string Format(byte[] bytes, int count)
        {
            char[] text = new char[2 * count];
            for (int i = 0; i < count; i++)
            {
                text[2 * i] = Digits[bytes[i] >> 4];
                text[(2 * i) + 1] = Digits[bytes[i] & 0x0F];
            }

            return new string(text);
        }

        internal static byte[] Ascii(string text)
        {
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }
    }
}
