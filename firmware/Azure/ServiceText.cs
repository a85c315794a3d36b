namespace DevKit.Azure
{
    /// <summary>
    /// Which names a service may give the device: whatever comes is checked before it becomes a part of a topic, of a user name or of an
    /// address.
    /// </summary>
    public static class ServiceText
    {
        private const int LongestHostName = 253;
        private const int LongestLabel = 63;
        private const int LongestDeviceId = 128;
        private const int LongestOperationId = 256;

        // IoT Hub's, without # and +: these are MQTT's wildcards, and a device with one in its name could never subscribe.
        private const string PunctuationOfDeviceId = "-:.%_*?!(),=@;$'";

        // What would end a topic's level or a parameter, or is a wildcard.
        private const string NotInParameter = "/#+&=?%\"";

        /// <summary>Whether it is a host name: labels of letters, digits and inner hyphens (RFC 1123, 2.1), no port, no path.</summary>
        public static bool IsHostName(string text)
        {
            if (string.IsNullOrEmpty(text) || text.Length > LongestHostName)
            {
                return false;
            }

            int start = 0;
            for (int i = 0; i <= text.Length; i++)
            {
                if (i == text.Length || text[i] == '.')
                {
                    int length = i - start;
                    if (length == 0 || length > LongestLabel || text[start] == '-' || text[i - 1] == '-')
                    {
                        return false;
                    }

                    start = i + 1;
                }
                else if (!IsLetterOrDigit(text[i]) && text[i] != '-')
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether it is a device ID that can be a part of a topic filter.</summary>
        public static bool IsDeviceId(string text)
        {
            if (string.IsNullOrEmpty(text) || text.Length > LongestDeviceId)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                if (!IsLetterOrDigit(text[i]) && PunctuationOfDeviceId.IndexOf(text[i]) < 0)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether it is an operation ID that can be a parameter in a topic.</summary>
        public static bool IsOperationId(string text)
        {
            if (string.IsNullOrEmpty(text) || text.Length > LongestOperationId)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] <= ' ' || text[i] > '~' || NotInParameter.IndexOf(text[i]) >= 0)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>A number in a topic: what is too large is <see cref="int.MaxValue"/>, what is none is 0.</summary>
        public static int ParseNumber(string text)
        {
            int value = 0;
            for (int i = 0; i < text.Length; i++)
            {
                int digit = text[i] - '0';
                if (digit < 0 || digit > 9)
                {
                    return 0;
                }

                value = value > (int.MaxValue - digit) / 10 ? int.MaxValue : (value * 10) + digit;
            }

            return value;
        }

        private static bool IsLetterOrDigit(char c)
        {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }
    }
}
