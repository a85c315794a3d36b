namespace DevKit.Board.Handover
{
    /// <summary>ASCII text as bytes and back, without the package for it.</summary>
    internal static class CloudText
    {
        /// <summary>Whether all bytes are printable ASCII.</summary>
        internal static bool IsPrintable(byte[] text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] < ' ' || text[i] > '~')
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>ASCII bytes as text.</summary>
        internal static string ToText(byte[] text)
        {
            char[] characters = new char[text.Length];
            for (int i = 0; i < text.Length; i++)
            {
                characters[i] = (char)text[i];
            }

            return new string(characters);
        }

        /// <summary>Appends ASCII text and a character behind it, unless the array ends there.</summary>
        /// <returns>Where the next goes.</returns>
        internal static int Append(byte[] text, int at, string part, char end)
        {
            for (int i = 0; i < part.Length; i++)
            {
                text[at++] = (byte)part[i];
            }

            if (at < text.Length)
            {
                text[at++] = (byte)end;
            }

            return at;
        }
    }
}
