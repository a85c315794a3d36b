namespace DevKit.StSafe
{
    /// <summary>Which values a field of the cloud connection string may have. A problem never shows the value: it may be a key.</summary>
    internal static class CloudFieldRules
    {
        private const int LongestId = 128;
        private const string PunctuationOfDeviceId = "-+.%_#*?!(),:=@$'";

        internal static string FindProblem(string name, string value)
        {
            switch (name)
            {
                case "HostName":
                case "DPSEndpoint":
                    return IsHost(value) ? null : name + " is no host name (letters, digits, dots and hyphens; the port is always 8883).";
                case "IdScope":
                    return IsOf(value, LongestId, true, "") ? null : "IdScope has other characters than letters and digits, as 0ne0000ABCD has.";
                case "RegistrationId":
                    return IsOf(value, LongestId, false, "-")
                        ? null
                        : "RegistrationId is to have 1 to 128 lower-case letters, digits and hyphens.";
                case "DeviceId":
                    return IsOf(value, LongestId, true, PunctuationOfDeviceId)
                        ? null
                        : "DeviceId is to have 1 to 128 letters, digits and characters of " + PunctuationOfDeviceId;
                default:
                    return IsBase64(value) ? null : name + " is not base64.";
            }
        }

        private static bool IsHost(string value)
        {
            const int LongestHost = 255;
            return IsOf(value, LongestHost, true, ".-");
        }

        private static bool IsBase64(string value)
        {
            int end = value.Length;
            while (end > 0 && value.Length - end < 2 && value[end - 1] == '=')
            {
                end--;
            }

            return value.Length % 4 == 0 && IsOf(value.Substring(0, end), value.Length, true, "+/");
        }

        private static bool IsOf(string value, int longest, bool upperCase, string others)
        {
            if (value.Length == 0 || value.Length > longest)
            {
                return false;
            }

            for (int i = 0; i < value.Length; i++)
            {
                char c = value[i];
                bool good = IsDigit(c) || (c >= 'a' && c <= 'z') || (upperCase && c >= 'A' && c <= 'Z') || Has(others, c);
                if (!good)
                {
                    return false;
                }
            }

            return true;
        }

        private static bool Has(string characters, char wanted)
        {
            for (int i = 0; i < characters.Length; i++)
            {
                if (characters[i] == wanted)
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsDigit(char c)
        {
            return c >= '0' && c <= '9';
        }
    }
}
