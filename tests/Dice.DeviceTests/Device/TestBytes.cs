namespace DevKit.Dice.DeviceTests.Device
{
    /// <summary>Bytes for tests, from text.</summary>
    internal static class TestBytes
    {
        internal static byte[] FromHex(string hex)
        {
            char[] digits = hex.ToCharArray();
            byte[] bytes = new byte[digits.Length / 2];
            for (int i = 0; i < digits.Length; i++)
            {
                int value = digits[i] <= '9' ? digits[i] - '0' : digits[i] - 'a' + 10;
                bytes[i / 2] = (byte)(bytes[i / 2] << 4 | value);
            }

            return bytes;
        }

        internal static byte[] FromAscii(string text)
        {
            char[] characters = text.ToCharArray();
            byte[] bytes = new byte[characters.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)characters[i];
            }

            return bytes;
        }

        internal static byte[] Repeat(byte value, int count)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = value;
            }

            return bytes;
        }
    }
}
