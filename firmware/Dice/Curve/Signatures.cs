using System;

namespace DevKit.Dice.Curve
{
    /// <summary>One private key's signatures of several digests, worked out together so that they share their inversions.</summary>
    internal static class Signatures
    {
        /// <summary>ECDSA with the nonces of RFC 6979 (FIPS 186-5, 6.4.1).</summary>
        /// <param name="privateKey">The private key, 32 bytes in [1, n).</param>
        /// <param name="digests">SHA-256 digests, 32 bytes each. They are reduced modulo n.</param>
        /// <returns>r || s, 32 + 32 bytes, for each.</returns>
        internal static byte[][] Create(byte[] privateKey, byte[][] digests)
        {
            long[] key = new long[Limbs.Count];
            long[][] nonces = new long[digests.Length][];
            byte[][] signatures = new byte[digests.Length][];
            int[] skipped = new int[digests.Length];
            for (int i = 0; i < digests.Length; i++)
            {
                nonces[i] = new long[Limbs.Count];
                signatures[i] = new byte[Coordinates.Length];
                Scalar.ReduceBytes(digests[i]);
            }

            try
            {
                // In Montgomery form, so that its products with plain numbers are plain.
                Limbs.FromBytes(key, privateKey, 0);
                Scalar.Multiply(key, key, P256.OrderR2);
                bool complete;
                do
                {
                    complete = true;
                    for (int i = 0; i < digests.Length; i++)
                    {
                        NonceGenerator.Generate(nonces[i], privateKey, digests[i], skipped[i]);
                    }

                    Coordinates.Write(GeneratorMultiplier.Multiply(nonces), signatures, 0);
                    Invert(nonces);
                    for (int i = 0; i < digests.Length; i++)
                    {
                        // 6.4.1, 11: another nonce where r or s came out as 0.
                        if (!Complete(signatures[i], key, digests[i], nonces[i]))
                        {
                            skipped[i]++;
                            complete = false;
                        }
                    }
                }
                while (!complete);
                return signatures;
            }
            finally
            {
                Limbs.Clear(key);
                for (int i = 0; i < nonces.Length; i++)
                {
                    Limbs.Clear(nonces[i]);
                }
            }
        }

        // Replaces nonces by their inverses, in Montgomery form, for one inversion (Montgomery's trick).
        private static void Invert(long[][] nonces)
        {
            // ahead[i] is the product of the nonces before i.
            long[][] ahead = new long[nonces.Length][];
            long[] product = new long[Limbs.Count];
            Array.Copy(nonces[0], 0, product, 0, Limbs.Count);
            for (int i = 1; i < nonces.Length; i++)
            {
                ahead[i] = new long[Limbs.Count];
                Array.Copy(product, 0, ahead[i], 0, Limbs.Count);
                Scalar.Multiply(product, product, nonces[i]);
            }

            new ModularInverse(P256.Order, P256.OrderInverse).Invert(product);
            Scalar.Multiply(product, product, P256.OrderR2);
            for (int i = nonces.Length - 1; i > 0; i--)
            {
                Scalar.Multiply(ahead[i], ahead[i], product);
                Scalar.Multiply(product, product, nonces[i]);
                Array.Copy(ahead[i], 0, nonces[i], 0, Limbs.Count);
                Limbs.Clear(ahead[i]);
            }

            Array.Copy(product, 0, nonces[0], 0, Limbs.Count);
            Limbs.Clear(product);
        }

        // From the coordinates of k G to r || s: r = x modulo n, s = (z + r d) / k. False if r or s is 0.
        private static bool Complete(byte[] signature, long[] key, byte[] digest, long[] inverse)
        {
            long[] r = new long[Limbs.Count];
            long[] s = new long[Limbs.Count];
            long[] z = new long[Limbs.Count];
            Scalar.ReduceBytes(signature);
            Limbs.FromBytes(r, signature, 0);
            Limbs.FromBytes(z, digest, 0);
            Scalar.Multiply(s, r, key);
            Limbs.AddMultiple(s, z, 1);
            Scalar.ReduceOnce(s);
            Scalar.Multiply(s, s, inverse);
            Limbs.ToBytes(s, signature, 32);
            return !Limbs.IsZero(r) && !Limbs.IsZero(s);
        }
    }
}
