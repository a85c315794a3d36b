using System;
using DevKit.Dice.Encodings;

namespace DevKit.Dice
{
    /// <summary>The Unique Device Secret: 32 bytes, entered and stored as 64 hexadecimal characters.</summary>
    public static class Uds
    {
        /// <summary>The length of a UDS in bytes.</summary>
        public const int Length = 32;

        /// <summary>The length of a UDS in hexadecimal characters.</summary>
        public const int TextLength = 2 * Length;

        /// <summary>Reads a UDS.</summary>
        /// <param name="hexText">64 hexadecimal characters in ASCII, of either case.</param>
        /// <param name="problem">What is wrong, without the secret; null if nothing is.</param>
        /// <returns>The 32 bytes, which the caller wipes; null if there is a problem.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="hexText"/> is null.</exception>
        public static byte[] Parse(byte[] hexText, out string problem)
        {
            Argument.Require(hexText, nameof(hexText));
            if (hexText.Length != TextLength)
            {
                problem = "A UDS is 64 hexadecimal characters (32 bytes), not " + hexText.Length.ToString() + ".";
                return null;
            }

            byte[] uds = new byte[Length];
            problem = null;
            for (int i = 0; i < TextLength; i++)
            {
                int digit = Hex.ValueOf(hexText[i]);
                if (digit < 0)
                {
                    problem = "Character " + (i + 1).ToString() + " of the UDS is not hexadecimal: 0 to 9 and a to f are allowed.";
                    break;
                }

                uds[i / 2] = (byte)(uds[i / 2] << 4 | digit);
            }

            if (problem == null)
            {
                problem = FindProblem(uds);
            }

            if (problem != null)
            {
                SecretBytes.Clear(uds);
                return null;
            }

            return uds;
        }

        /// <summary>
        /// What is wrong with a UDS: 32 bytes, and not all 00 or all FF, which an erased chip reads as. Null if nothing is.
        /// </summary>
        internal static string FindProblem(byte[] uds)
        {
            if (uds.Length != Length)
            {
                return "A UDS is 32 bytes, not " + uds.Length.ToString() + ".";
            }

            int allZero = 0, allOnes = 0xFF;
            for (int i = 0; i < uds.Length; i++)
            {
                allZero |= uds[i];
                allOnes &= uds[i];
            }

            if (allZero == 0)
            {
                return "A UDS of all 00 is refused: it is what an erased chip holds, not a secret.";
            }

            return allOnes == 0xFF ? "A UDS of all FF is refused: it is what an erased chip holds, not a secret." : null;
        }
    }
}
