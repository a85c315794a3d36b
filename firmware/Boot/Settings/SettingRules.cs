using DevKit.Board.Handover;
using DevKit.Dice;
using DevKit.Dice.Encodings;

namespace DevKit.Boot.Settings
{
    /// <summary>Which values a setting may have. A problem is a sentence for people; it never shows the value.</summary>
    internal static class SettingRules
    {
        /// <summary>What is wrong with a value, or null.</summary>
        internal static string FindProblem(Setting setting, byte[] value)
        {
            if (value == null || value.Length == 0)
            {
                return NameOf(setting) + " is empty.";
            }

            int maxLength = ZoneMap.MaxTextLength(setting);
            if (value.Length > maxLength && setting != Setting.Uds)
            {
                return NameOf(setting) + " has " + value.Length.ToString() + " bytes, but at most " + maxLength.ToString()
                    + " can be stored.";
            }

            string problem;
            switch (setting)
            {
                case Setting.Uds:
                    SecretBytes.Clear(Uds.Parse(value, out problem));
                    return problem;
                case Setting.Cloud:
                    CloudSettings.Parse(value, out problem);
                    return problem;
                case Setting.DeviceCertificate:
                    return FindPemProblem(value);
                case Setting.WifiSsid:
                    return FindTextProblem(setting, value) ?? FindUtf8Problem(setting, value);
                default:
                    return FindTextProblem(setting, value);
            }
        }

        /// <summary>A setting's name at the start of a sentence.</summary>
        internal static string NameOf(Setting setting)
        {
            switch (setting)
            {
                case Setting.WifiSsid: return "The Wi-Fi name";
                case Setting.WifiPassword: return "The Wi-Fi password";
                case Setting.Uds: return "The UDS";
                case Setting.Cloud: return "The cloud connection string";
                default: return "The DeviceID certificate";
            }
        }

        // The network stack takes the name as a string.
        private static string FindUtf8Problem(Setting setting, byte[] value)
        {
            int at = Utf8.FindInvalid(value);
            return at < 0
                ? null
                : DescribeByte(setting, at) + ", " + Hex.Encode(value, at, 1).ToUpper()
                    + " in hexadecimal, is no UTF-8: set the monitor to UTF-8 and type the name again.";
        }

        private static string FindTextProblem(Setting setting, byte[] value)
        {
            for (int i = 0; i < value.Length; i++)
            {
                // FF is an erased byte; it stands in no UTF-8 text.
                if (value[i] < ' ' || value[i] == 0x7F || value[i] == 0xFF)
                {
                    return DescribeByte(setting, i) + " is a control character.";
                }
            }

            return null;
        }

        private static string DescribeByte(Setting setting, int at)
        {
            string name = NameOf(setting);
            return "Byte " + (at + 1).ToString() + " of " + name.Substring(0, 1).ToLower() + name.Substring(1);
        }

        // One block and nothing else: what follows it may be a certificate of the original firmware's, or a key.
        private static string FindPemProblem(byte[] value)
        {
            bool isPem = value[0] == '-' && Pem.Decode("CERTIFICATE", value, 0, out int end) != null && end == value.Length;
            return isPem
                ? null
                : "The DeviceID certificate is not in PEM: "
                    + "it is to be one block, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.";
        }
    }
}
