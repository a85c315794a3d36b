using System.Text;

namespace DevKit.Azure.Json
{
    /// <summary>JSON's strings, as they are written (RFC 8259, 7).</summary>
    public static class JsonText
    {
        /// <summary>Puts a text between quotes, and a backslash before what needs one.</summary>
        /// <param name="text">The text; null is written as null.</param>
        public static string Quote(string text)
        {
            if (text == null)
            {
                return "null";
            }

            StringBuilder quoted = new StringBuilder(text.Length + 2);
            quoted.Append('"');
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (c < ' ')
                {
                    quoted.Append("\\u00").Append(((byte)c).ToString("X2"));
                }
                else
                {
                    if (c == '"' || c == '\\')
                    {
                        quoted.Append('\\');
                    }

                    quoted.Append(c);
                }
            }

            return quoted.Append('"').ToString();
        }
    }
}
