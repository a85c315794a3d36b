using System;
using System.Text;
using DevKit.Dice.Hashing;

namespace DevKit.Dps.Azure
{
    /// <summary>A shared access signature, as DPS and IoT Hub take it for a password.</summary>
    public static class SasToken
    {
        /// <summary>How long a token holds, in seconds. A new one is made for every connection.</summary>
        public const int LifetimeSeconds = 24 * 60 * 60;

        private const string Unreserved = "-_.~";

        /// <summary>Makes a token: the HMAC-SHA256 of the encoded resource, a line feed and the expiry.</summary>
        /// <param name="resource">Resource, not encoded.</param>
        /// <param name="keyName">Policy name for <c>skn</c>, or null.</param>
        /// <param name="key">The shared key's bytes.</param>
        /// <param name="expiry">Expiry in seconds since 1970-01-01 UTC.</param>
        public static string Make(string resource, string keyName, byte[] key, long expiry)
        {
            string encoded = UrlEncode(resource);
            string end = expiry.ToString();
            byte[] signature = HmacSha256.Compute(key, Encoding.UTF8.GetBytes(encoded + "\n" + end));
            string token = "SharedAccessSignature sr=" + encoded + "&sig=" + UrlEncode(Convert.ToBase64String(signature));
            return (keyName == null ? token : token + "&skn=" + keyName) + "&se=" + end;
        }

        /// <summary>Percent-encodes all but the unreserved characters (RFC 3986, 2.3).</summary>
        public static string UrlEncode(string text)
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
