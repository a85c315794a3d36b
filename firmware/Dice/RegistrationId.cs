using System;
using DevKit.Dice.Encodings;

namespace DevKit.Dice
{
    /// <summary>The name under which a device registers: 1 to 128 lower-case letters, digits and <c>- . _ :</c>, the last a letter, a
    /// digit or a hyphen. (DPS takes upper case too and compares without regard to it; one spelling makes one certificate.)</summary>
    public static class RegistrationId
    {
        /// <summary>The most characters that a registration ID has.</summary>
        public const int MaximumLength = 128;

        // RFC 5280, appendix A.1: ub-common-name.
        private const int CommonNameLength = 64;

        private const int MacLength = 6;
        private const string Allowed = "lower-case letters, digits and - . _ : are allowed.";

        /// <summary>
        /// The default registration ID of a board: <c>az-</c>, the MAC and the firmware version, as in <c>az-c89346854138v1v4v1</c>.
        /// </summary>
        /// <param name="mac">The MAC address, 6 bytes.</param>
        /// <param name="firmwareVersion">Three numbers with points between, as in <c>1.4.1</c>; of four the first three count.</param>
        /// <returns>The registration ID.</returns>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">An argument is malformed.</exception>
        public static string FromMac(byte[] mac, string firmwareVersion)
        {
            Argument.Require(mac, nameof(mac));
            if (mac.Length != MacLength)
            {
                throw new ArgumentException("A MAC address is 6 bytes, not " + mac.Length.ToString() + ".", nameof(mac));
            }

            Argument.Require(firmwareVersion, nameof(firmwareVersion));
            string[] numbers = firmwareVersion.Split('.');
            bool valid = numbers.Length == 3 || numbers.Length == 4;
            for (int i = 0; valid && i < numbers.Length; i++)
            {
                valid = IsVersionNumber(numbers[i]);
            }

            if (!valid)
            {
                throw new ArgumentException(
                    "A firmware version is three numbers from 0 to 65535, as in 1.4.1, not \"" + firmwareVersion + "\".",
                    nameof(firmwareVersion));
            }

            return "az-" + Hex.Encode(mac) + "v" + numbers[0] + "v" + numbers[1] + "v" + numbers[2];
        }

        /// <summary>What is wrong with a registration ID.</summary>
        /// <param name="id">The registration ID.</param>
        /// <returns>A sentence; null if it is valid.</returns>
        public static string FindProblem(string id)
        {
            if (id == null || id.Length == 0)
            {
                return "The registration ID is empty: 1 to 128 " + Allowed;
            }

            if (id.Length > MaximumLength)
            {
                return "The registration ID has " + id.Length.ToString() + " characters: 1 to 128 are allowed.";
            }

            for (int i = 0; i < id.Length; i++)
            {
                char c = id[i];
                if (!IsLetterDigitOrHyphen(c) && c != '.' && c != '_' && c != ':')
                {
                    return "The registration ID \"" + id + "\" has '" + c.ToString() + "' as character " + (i + 1).ToString() + ": "
                        + Allowed;
                }
            }

            return IsLetterDigitOrHyphen(id[id.Length - 1])
                ? null
                : "The registration ID \"" + id + "\" ends in '" + id[id.Length - 1].ToString()
                    + "': the last character is to be a letter, a digit or a hyphen.";
        }

        /// <summary>The spelling to use instead of one that is refused for its upper-case letters alone.</summary>
        /// <param name="id">The registration ID.</param>
        /// <returns>The registration ID in lower case; null if it is valid, or would be no more valid.</returns>
        public static string FindLowerCaseSpelling(string id)
        {
            if (id == null || FindProblem(id) == null)
            {
                return null;
            }

            char[] spelling = id.ToCharArray();
            for (int i = 0; i < spelling.Length; i++)
            {
                if (spelling[i] >= 'A' && spelling[i] <= 'Z')
                {
                    spelling[i] = (char)(spelling[i] + ('a' - 'A'));
                }
            }

            string lowerCase = new string(spelling);
            return FindProblem(lowerCase) == null ? lowerCase : null;
        }

        /// <summary>What is unusual about a valid registration ID.</summary>
        /// <param name="id">The registration ID.</param>
        /// <returns>A sentence; null if there is nothing to say.</returns>
        public static string FindWarning(string id)
        {
            if (id == null || id.Length <= CommonNameLength)
            {
                return null;
            }

            return "The registration ID has " + id.Length.ToString()
                + " characters: X.509 allows 64 in a common name (RFC 5280, ub-common-name), so other software may refuse the certificate.";
        }

        private static bool IsLetterDigitOrHyphen(char c)
        {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }

        // 1 to 5 decimal digits, up to 65535, without a leading zero: one version has one spelling.
        private static bool IsVersionNumber(string text)
        {
            if (text.Length < 1 || text.Length > 5 || (text.Length > 1 && text[0] == '0'))
            {
                return false;
            }

            int value = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] < '0' || text[i] > '9')
                {
                    return false;
                }

                value = value * 10 + (text[i] - '0');
            }

            return value <= 0xFFFF;
        }
    }
}
