using System.Text;

namespace DevKit.Azure
{
    /// <summary>Percent-encoding (RFC 3986, 2.1), as topics and SAS tokens have it.</summary>
    public static class UrlText
    {
        private const string Unreserved = "-_.~";

        /// <summary>Encodes all but the unreserved characters (RFC 3986, 2.3).</summary>
        public static string Encode(string text)
        {
            StringBuilder result = new StringBuilder(text.Length + 16);
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            for (int i = 0; i < bytes.Length; i++)
            {
                char c = (char)bytes[i];
                bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || Unreserved.IndexOf(c) >= 0;
                if (plain)
                {
                    result.Append(c);
                }
                else
                {
                    result.Append('%').Append(bytes[i].ToString("X2"));
                }
            }

            return result.ToString();
        }
    }
}
