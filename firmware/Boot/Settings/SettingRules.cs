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
                default:
                    return FindTextProblem(NameOf(setting), value);
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

        private static string FindTextProblem(string name, byte[] value)
        {
            for (int i = 0; i < value.Length; i++)
            {
                // FF is an erased byte; it stands in no UTF-8 text.
                if (value[i] < ' ' || value[i] == 0x7F || value[i] == 0xFF)
                {
                    return "Byte " + (i + 1).ToString() + " of " + name.Substring(0, 1).ToLower() + name.Substring(1)
                        + " is a control character.";
                }
            }

            return null;
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
