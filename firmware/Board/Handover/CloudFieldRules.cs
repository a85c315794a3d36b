using DevKit.Dice;
using DevKit.Dice.Encodings;

namespace DevKit.Board.Handover
{
    /// <summary>Which values a field of the cloud connection string may have. A problem never shows the value: it may be a key.</summary>
    internal static class CloudFieldRules
    {
        /// <summary>The one value of Csr.</summary>
        internal const string On = "on";

        private const int LongestId = 128;

        // What Azure allows, without + and #, which are told on their own, and ; which ends a field.
        private const string PunctuationOfDeviceId = "-:.%_*?!(),=@$'";

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
                    return FindDeviceIdProblem(value);
                case "Csr":
                    return value == On ? null : "Csr is to be on, or to be left out.";
                default:
                    return Base64.IsValid(value) ? null : name + " is not base64.";
            }
        }

        private static string FindDeviceIdProblem(string value)
        {
            int wildcard = value.IndexOf('#');
            wildcard = wildcard < 0 ? value.IndexOf('+') : wildcard;
            if (wildcard >= 0)
            {
                return "DeviceId has a " + value[wildcard].ToString() + ", a wildcard of MQTT topics, so that a device of this name could "
                    + "never subscribe: give the device another ID.";
            }

            return IsOf(value, LongestId, PunctuationOfDeviceId)
                ? null
                : "DeviceId is to have 1 to 128 letters, digits and characters of " + PunctuationOfDeviceId;
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
