using System;
using System.Text;
using DevKit.Dice.Hashing;

namespace DevKit.Azure
{
    /// <summary>A shared access signature, as DPS and IoT Hub take it for a password.</summary>
    public static class SasToken
    {
        /// <summary>How long a token holds, in seconds.</summary>
        public const int LifetimeSeconds = 24 * 60 * 60;

        /// <summary>
        /// After how many seconds a connection is made anew with a new token: the service ends one whose token has ended, and the clocks
        /// need not agree.
        /// </summary>
        public const int RenewalSeconds = 20 * 60 * 60;

        /// <summary>Makes a token: the HMAC-SHA256 of the encoded resource, a line feed and the expiry.</summary>
        /// <param name="resource">Resource, not encoded.</param>
        /// <param name="keyName">Policy name for <c>skn</c>, or null.</param>
        /// <param name="key">The shared key's bytes.</param>
        /// <param name="expiry">Expiry in seconds since 1970-01-01 UTC.</param>
        public static string Make(string resource, string keyName, byte[] key, long expiry)
        {
            string encoded = UrlText.Encode(resource);
            string end = expiry.ToString();
            byte[] signature = HmacSha256.Compute(key, Encoding.UTF8.GetBytes(encoded + "\n" + end));
            string token = "SharedAccessSignature sr=" + encoded + "&sig=" + UrlText.Encode(Convert.ToBase64String(signature));
            return (keyName == null ? token : token + "&skn=" + keyName) + "&se=" + end;
        }
    }
}
