using System;

namespace DevKit.Dice.Encodings
{
    /// <summary>PEM (RFC 7468): base64 between a BEGIN and an END line, 64 characters a line, each line ended by LF.</summary>
    public static class Pem
    {
        private const int LineLength = 64;

        /// <summary>Encodes bytes.</summary>
        /// <param name="label">The label, as in <c>CERTIFICATE</c>.</param>
        /// <param name="der">The bytes.</param>
        /// <returns>The text, ending in one LF.</returns>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        public static string Encode(string label, byte[] der)
        {
            Argument.Require(label, nameof(label));
            Argument.Require(der, nameof(der));

            int characters = (der.Length + 2) / 3 * 4;
            char[] text = new char[characters + (characters + LineLength - 1) / LineLength];
            int at = 0;
            for (int i = 0; i < der.Length; i += 3)
            {
                int left = der.Length - i;
                int group = der[i] << 16 | (left > 1 ? der[i + 1] << 8 : 0) | (left > 2 ? der[i + 2] : 0);
                for (int j = 0; j < 4; j++)
                {
                    text[at++] = j <= left ? Base64.ToCharacter(group >> (18 - 6 * j) & 63) : '=';
                }

                if (left <= 3 || at % (LineLength + 1) == LineLength)
                {
                    text[at++] = '\n';
                }
            }

            return "-----BEGIN " + label + "-----\n" + new string(text) + "-----END " + label + "-----\n";
        }

        /// <summary>Encodes certificates one behind the other, as mbed TLS takes several: ended by a NUL.</summary>
        /// <param name="certificates">The certificates in DER.</param>
        /// <returns>The text in ASCII, and the NUL.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="certificates"/> or one of them is null.</exception>
        public static byte[] EncodeChain(byte[][] certificates)
        {
            Argument.Require(certificates, nameof(certificates));
            string pem = "";
            for (int i = 0; i < certificates.Length; i++)
            {
                pem += Encode("CERTIFICATE", certificates[i]);
            }

            byte[] chain = new byte[pem.Length + 1];
            Ascii.Write(pem, chain, 0);
            return chain;
        }

        /// <summary>
        /// Finds the next block with a label and decodes it. Text around the block, blanks in it and any line length are accepted.
        /// </summary>
        /// <param name="label">The label, as in <c>CERTIFICATE</c>.</param>
        /// <param name="text">The text in ASCII; a NUL ends it.</param>
        /// <param name="start">Where to begin to look.</param>
        /// <param name="end">The index after the END line, or <paramref name="start"/> if there is no block.</param>
        /// <returns>The bytes; null if there is no whole, valid block.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="label"/> or <paramref name="text"/> is null.</exception>
        /// <exception cref="ArgumentException"><paramref name="start"/> is outside the text.</exception>
        public static byte[] Decode(string label, byte[] text, int start, out int end)
        {
            Argument.Require(label, nameof(label));
            Argument.Require(text, nameof(text));
            if (start < 0 || start > text.Length)
            {
                throw new ArgumentException("The start is outside the text.", nameof(start));
            }

            end = start;
            string begin = "-----BEGIN " + label + "-----", close = "-----END " + label + "-----";
            int from = Find(begin, text, start);
            if (from < 0)
            {
                return null;
            }

            from += begin.Length;
            int to = Find(close, text, from);
            if (to < 0)
            {
                return null;
            }

            byte[] der = Base64.Decode(text, from, to - from);
            if (der != null)
            {
                end = SkipLineEnd(text, to + close.Length);
            }

            return der;
        }

        // Where an ASCII text begins at or after an index, or -1; a NUL ends the search.
        private static int Find(string wanted, byte[] text, int start)
        {
            for (int i = start; i <= text.Length - wanted.Length && text[i] != 0; i++)
            {
                int matched = 0;
                while (matched < wanted.Length && text[i + matched] == wanted[matched])
                {
                    matched++;
                }

                if (matched == wanted.Length)
                {
                    return i;
                }
            }

            return -1;
        }

        private static int SkipLineEnd(byte[] text, int at)
        {
            if (at < text.Length && text[at] == '\r')
            {
                at++;
            }

            return at < text.Length && text[at] == '\n' ? at + 1 : at;
        }
    }
}
