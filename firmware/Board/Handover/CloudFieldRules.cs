using DevKit.Dice;
using DevKit.Dice.Encodings;

namespace DevKit.Board.Handover
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
                    return IsOf(value, LongestId, "") ? null : "IdScope has other characters than letters and digits, as 0ne0000ABCD has.";
                case "RegistrationId":
                    return RegistrationId.FindProblem(value) == null
                        ? null
                        : "RegistrationId is to have 1 to 128 lower-case letters, digits and - . _ :, the last no . _ or :.";
                case "DeviceId":
                    return IsOf(value, LongestId, PunctuationOfDeviceId)
                        ? null
                        : "DeviceId is to have 1 to 128 letters, digits and characters of " + PunctuationOfDeviceId;
                default:
                    return Base64.IsValid(value) ? null : name + " is not base64.";
            }
        }

        private static bool IsHost(string value)
        {
            const int LongestHost = 255;
            return IsOf(value, LongestHost, ".-");
        }

        private static bool IsOf(string value, int longest, string others)
        {
            if (value.Length == 0 || value.Length > longest)
            {
                return false;
            }

            for (int i = 0; i < value.Length; i++)
            {
                char c = value[i];
                bool good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || others.IndexOf(c) >= 0;
                if (!good)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
