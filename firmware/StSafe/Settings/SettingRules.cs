namespace DevKit.StSafe
{
    /// <summary>Which values a setting may have. A problem is a sentence for people; it never shows the value.</summary>
    internal static class SettingRules
    {
        private const int UdsLength = 64;
        private const string PemBegin = "-----BEGIN CERTIFICATE-----\n";
        private const string PemEnd = "-----END CERTIFICATE-----";

        internal static string FindProblem(Setting setting, byte[] value, int mostBytes)
        {
            if (value == null || value.Length == 0)
            {
                return NameOf(setting) + " is empty.";
            }

            if (setting == Setting.Uds)
            {
                return FindUdsProblem(value);
            }

            if (value.Length > mostBytes)
            {
                return NameOf(setting) + " has " + value.Length.ToString() + " bytes, but at most " + mostBytes.ToString() + " can be stored.";
            }

            switch (setting)
            {
                case Setting.Cloud:
                    string problem;
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

        private static string FindUdsProblem(byte[] value)
        {
            if (value.Length != UdsLength)
            {
                return "The UDS has " + value.Length.ToString() + " characters instead of 64 hexadecimal ones.";
            }

            for (int i = 0; i < value.Length; i++)
            {
                if (!IsHexDigit(value[i]))
                {
                    return "Character " + (i + 1).ToString() + " of the UDS is no hexadecimal digit (0-9, a-f, A-F).";
                }
            }

            return null;
        }

        private static string FindTextProblem(string name, byte[] value)
        {
            for (int i = 0; i < value.Length; i++)
            {
                // FF is an erased byte; it stands in no UTF-8 text.
                if (value[i] < ' ' || value[i] == 0x7F || value[i] == 0xFF)
                {
                    return "Byte " + (i + 1).ToString() + " of " + name.Substring(0, 1).ToLower() + name.Substring(1) + " is a control character.";
                }
            }

            return null;
        }

        private static string FindPemProblem(byte[] value)
        {
            const string Remedy = " It is to be one PEM block, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.";
            int end = value.Length;
            while (end > 0 && (value[end - 1] == '\n' || value[end - 1] == '\r'))
            {
                end--;
            }

            int bodyEnd = end - PemEnd.Length;
            if (bodyEnd < PemBegin.Length || !StandsAt(value, 0, PemBegin) || !StandsAt(value, bodyEnd, PemEnd))
            {
                return "The DeviceID certificate is not in PEM." + Remedy;
            }

            for (int i = PemBegin.Length; i < bodyEnd; i++)
            {
                if (!IsBase64(value[i]) && value[i] != '\n' && value[i] != '\r')
                {
                    return "Byte " + (i + 1).ToString() + " of the DeviceID certificate does not belong in base64." + Remedy;
                }
            }

            return null;
        }

        private static bool StandsAt(byte[] value, int at, string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (value[at + i] != text[i])
                {
                    return false;
                }
            }

            return true;
        }

        private static bool IsHexDigit(int c)
        {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        }

        private static bool IsBase64(int c)
        {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '/' || c == '=';
        }
    }
}
