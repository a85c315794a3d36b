using System;

namespace DevKit.Dice.Hashing
{
    /// <summary>HKDF with SHA-256 (RFC 5869).</summary>
    public static class Hkdf
    {
        // RFC 5869, 2.3: at most 255 blocks.
        private const int MaximumLength = 255 * Sha256.DigestLength;

        /// <summary>Extract and expand.</summary>
        /// <param name="keyMaterial">The input keying material (IKM).</param>
        /// <param name="salt">The salt; null or empty for none, which stands for 32 zero bytes.</param>
        /// <param name="info">The context; it may be empty.</param>
        /// <param name="length">The length of the output in bytes, 1 to 8160.</param>
        /// <returns>The output keying material (OKM); the caller wipes it.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="keyMaterial"/> or <paramref name="info"/> is null.</exception>
        /// <exception cref="ArgumentException"><paramref name="length"/> is out of range.</exception>
        public static byte[] DeriveKey(byte[] keyMaterial, byte[] salt, byte[] info, int length)
        {
            Argument.Require(keyMaterial, nameof(keyMaterial));
            Argument.Require(info, nameof(info));

            if (length < 1 || length > MaximumLength)
            {
                throw new ArgumentException("HKDF-SHA256 gives 1 to 8160 bytes.", nameof(length));
            }

            byte[] block = new byte[Sha256.DigestLength];
            byte[] counter = new byte[1];
            HmacSha256 hmac = new HmacSha256();
            try
            {
                if (salt != null)
                {
                    hmac.SetKey(salt);
                }

                hmac.Update(keyMaterial);
                hmac.Finish(block);
                hmac.SetKey(block);
                byte[] output = new byte[length];
                for (int done = 0; done < length; done += Sha256.DigestLength)
                {
                    if (done > 0)
                    {
                        hmac.Update(block);
                    }

                    counter[0]++;
                    hmac.Update(info);
                    hmac.Update(counter);
                    hmac.Finish(block);
                    int left = length - done;
                    Array.Copy(block, 0, output, done, left < Sha256.DigestLength ? left : Sha256.DigestLength);
                }

                return output;
            }
            finally
            {
                hmac.Clear();
                SecretBytes.Clear(block);
            }
        }
    }
}
