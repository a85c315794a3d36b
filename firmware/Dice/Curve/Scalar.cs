using System;

namespace DevKit.Dice.Curve
{
    /// <summary>Arithmetic modulo n, the order of P-256's base point, on numbers of nine 29-bit limbs in [0, n).</summary>
    /// <remarks>Nothing here branches on a number's value but <see cref="IsInRange"/>, which tells only its answer.</remarks>
    internal static class Scalar
    {
        /// <summary>The length of a seed for a private key: 64 bits more than the order has (FIPS 186-5, A.2.1).</summary>
        internal const int SeedLength = 40;

        /// <summary>r = a b / 2^261 modulo n (Montgomery's product). Either factor may be r.</summary>
        /// <remarks>
        /// A row at a time, shifted down by a limb as it is added; nine rows of two products of 58 bits stay below 2^63, so that only the
        /// limb that leaves is carried. A row is unrolled and the rows are a loop: a few products are all that a signature needs.
        /// </remarks>
        internal static void Multiply(long[] r, long[] a, long[] b)
        {
            long[] n = P256.Order;
            long n0 = n[0], n1 = n[1], n2 = n[2], n3 = n[3], n4 = n[4], n5 = n[5], n6 = n[6], n7 = n[7], n8 = n[8];
            long a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3], a4 = a[4], a5 = a[5], a6 = a[6], a7 = a[7], a8 = a[8];
            long t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, t6 = 0, t7 = 0;
            for (int i = 0; i < Limbs.Count; i++)
            {
                long bi = b[i];
                t0 += a0 * bi;
                long m = -(t0 & Limbs.Mask) * P256.OrderInverse & Limbs.Mask;
                t0 = ((t0 + m * n0) >> Limbs.Bits) + t1 + a1 * bi + m * n1;
                t1 = t2 + a2 * bi + m * n2;
                t2 = t3 + a3 * bi + m * n3;
                t3 = t4 + a4 * bi + m * n4;
                t4 = t5 + a5 * bi + m * n5;
                t5 = t6 + a6 * bi + m * n6;
                t6 = t7 + a7 * bi + m * n7;
                t7 = a8 * bi + m * n8;
            }

            r[0] = t0;
            r[1] = t1;
            r[2] = t2;
            r[3] = t3;
            r[4] = t4;
            r[5] = t5;
            r[6] = t6;
            r[7] = t7;
            r[8] = 0;
            ReduceOnce(r);
        }

        /// <summary>r = 2^261 r modulo n.</summary>
        internal static void ToMontgomery(long[] r)
        {
            Multiply(r, r, P256.OrderR2);
        }

        /// <summary>Replaces a number in [1, n) by its inverse in Montgomery form.</summary>
        internal static void Invert(long[] number)
        {
            new ModularInverse(P256.Order, P256.OrderInverse).Invert(number);
            ToMontgomery(number);
        }

        /// <summary>Brings a number in [0, 2 n), carried or not, into [0, n).</summary>
        internal static void ReduceOnce(long[] limbs)
        {
            Limbs.AddMultiple(limbs, P256.Order, -1);
            Limbs.AddMultiple(limbs, P256.Order, limbs[Limbs.Count - 1] >> 63 & 1);
        }

        /// <summary>Brings a number of 32 big-endian bytes into [0, n); any number below 2^256 is below 2 n.</summary>
        internal static void ReduceBytes(byte[] bytes)
        {
            long[] limbs = new long[Limbs.Count];
            Limbs.FromBytes(limbs, bytes, 0);
            ReduceOnce(limbs);
            Limbs.ToBytes(limbs, bytes, 0);
        }

        /// <summary>k, or n - k where k is even; the answer's sign (1 or -1) is returned. k is in [1, n), the result is odd.</summary>
        internal static long MakeOdd(long[] result, long[] k)
        {
            // 1 where k is odd, -1 where it is even.
            long sign = ((k[0] & 1) << 1) - 1;
            for (int i = 0; i < Limbs.Count; i++)
            {
                result[i] = k[i] * sign;
            }

            Limbs.AddMultiple(result, P256.Order, (1 - sign) >> 1);
            return sign;
        }

        /// <summary>(seed modulo (n - 1)) + 1, the private key that 40 random bytes give (FIPS 186-5, A.2.1).</summary>
        /// <param name="seed">The 40 bytes, big-endian.</param>
        /// <returns>32 bytes, big-endian, in [1, n).</returns>
        internal static byte[] FromSeed(byte[] seed)
        {
            long[] limbs = new long[Limbs.Count];
            long[] orderLess1 = new long[Limbs.Count];
            Array.Copy(P256.Order, 0, orderLess1, 0, Limbs.Count);
            orderLess1[0]--;
            Limbs.FromBytes(limbs, seed, 0);
            for (int at = 32; at < SeedLength; at += 4)
            {
                // Times 2^32, and the next four bytes.
                long t = (long)seed[at] << 24 | (long)seed[at + 1] << 16 | (long)seed[at + 2] << 8 | seed[at + 3];
                for (int i = 0; i < Limbs.Count; i++)
                {
                    t += limbs[i] << 32;
                    limbs[i] = t & Limbs.Mask;
                    t >>= Limbs.Bits;
                }

                // What stands above bit 256 is at most the quotient, and short of it by at most 2, as n - 1 > 2^256 - 2^224.
                limbs[Limbs.Count - 1] |= t << Limbs.Bits;
                Limbs.AddMultiple(limbs, orderLess1, -(limbs[Limbs.Count - 1] >> 24));
                for (int i = 0; i < 2; i++)
                {
                    Limbs.AddMultiple(limbs, orderLess1, -1);
                    Limbs.AddMultiple(limbs, orderLess1, limbs[Limbs.Count - 1] >> 63 & 1);
                }
            }

            // One more, and no multiple of anything: only the carry of the one.
            limbs[0]++;
            Limbs.AddMultiple(limbs, orderLess1, 0);
            byte[] privateKey = new byte[32];
            Limbs.ToBytes(limbs, privateKey, 0);
            Limbs.Clear(limbs);
            return privateKey;
        }

        /// <summary>Whether 32 big-endian bytes are a number in [1, n).</summary>
        internal static bool IsInRange(byte[] bytes)
        {
            long[] limbs = new long[Limbs.Count];
            Limbs.FromBytes(limbs, bytes, 0);
            bool zero = Limbs.IsZero(limbs);
            Limbs.AddMultiple(limbs, P256.Order, -1);
            bool below = limbs[Limbs.Count - 1] < 0;
            Limbs.Clear(limbs);
            return below && !zero;
        }
    }
}
