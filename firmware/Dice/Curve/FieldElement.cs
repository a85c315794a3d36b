namespace DevKit.Dice.Curve
{
    /// <summary>
    /// A number modulo p = 2^256 - 2^224 + 2^192 + 2^96 - 1, the field of NIST P-256, in Montgomery form (times 2^261):
    /// nine signed limbs of 29 bits.
    /// </summary>
    /// <remarks>
    /// <para>An interpreter pays for each instruction and not for its width, so the limbs are as wide as lets a whole column of a product,
    /// nine terms of 58 bits, gather in one 64-bit number before anything is carried. Product and square are unrolled for the same
    /// reason: the limbs stay in locals, and there is no loop to pay for.</para>
    /// <para>A result goes into an element that is there: the first argument, which may be one of the others as well.</para>
    /// <para>Bounds. What <see cref="Multiply"/>, <see cref="Square"/> and <see cref="Scale"/> leave is "carried": limbs 0 to 7 are in
    /// [0, 2^29), and limb 8 is small and has the sign. <see cref="AddMultiple"/> does not carry. A column stays within 63 bits when the
    /// limbs of one factor are below 2^29 in size and those of the other below 2^30, and those of what is subtracted below 2^31. As for
    /// values, 2^261 is 32 p: a b - c comes out between a b / (32 p) - c and p more, so nothing that <see cref="CurvePoint"/> computes
    /// leaves ± 6 p.</para>
    /// </remarks>
    internal sealed class FieldElement
    {
        /// <summary>0: what is subtracted from a plain product.</summary>
        internal static readonly FieldElement Zero = new FieldElement();

        internal long L0, L1, L2, L3, L4, L5, L6, L7, L8;

        /// <summary>r = a b - c, carried.</summary>
        /// <remarks>
        /// A column at a time, with the Montgomery reduction (radix 2^29) in the same pass. Since p = -1 modulo 2^96, the digit that
        /// clears a column is the column's own low 29 bits, and adding that multiple of p is four shifts: 2^96, 2^192, 2^224 and 2^256
        /// stand in limbs 3, 6, 7 and 8 at bits 9, 18, 21 and 24. The subtraction costs less here than on its own.
        /// </remarks>
        internal static void Multiply(FieldElement r, FieldElement a, FieldElement b, FieldElement c)
        {
            long mask = Limbs.Mask, t;
            long a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4, a5 = a.L5, a6 = a.L6, a7 = a.L7, a8 = a.L8;
            long b0 = b.L0, b1 = b.L1, b2 = b.L2, b3 = b.L3, b4 = b.L4, b5 = b.L5, b6 = b.L6, b7 = b.L7, b8 = b.L8;
            t = a0 * b0;
            long m0 = t & mask;
            t = (t >> 29) + a0 * b1 + a1 * b0;
            long m1 = t & mask;
            t = (t >> 29) + a0 * b2 + a1 * b1 + a2 * b0;
            long m2 = t & mask;
            t = (t >> 29) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + (m0 << 9);
            long m3 = t & mask;
            t = (t >> 29) + a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + (m1 << 9);
            long m4 = t & mask;
            t = (t >> 29) + a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + (m2 << 9);
            long m5 = t & mask;
            t = (t >> 29) + a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 + (m3 << 9) + (m0 << 18);
            long m6 = t & mask;
            t = (t >> 29) + a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0 + (m4 << 9) + (m1 << 18)
                - (m0 << 21);
            long m7 = t & mask;
            t = (t >> 29) + a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0 + (m5 << 9)
                + (m2 << 18) - (m1 << 21) + (m0 << 24);
            long m8 = t & mask;
            t = (t >> 29) + a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 + (m6 << 9) + (m3 << 18)
                - (m2 << 21) + (m1 << 24) - c.L0;
            r.L0 = t & mask;
            t = (t >> 29) + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + (m7 << 9) + (m4 << 18) - (m3 << 21)
                + (m2 << 24) - c.L1;
            r.L1 = t & mask;
            t = (t >> 29) + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + (m8 << 9) + (m5 << 18) - (m4 << 21) + (m3 << 24)
                - c.L2;
            r.L2 = t & mask;
            t = (t >> 29) + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + (m6 << 18) - (m5 << 21) + (m4 << 24) - c.L3;
            r.L3 = t & mask;
            t = (t >> 29) + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + (m7 << 18) - (m6 << 21) + (m5 << 24) - c.L4;
            r.L4 = t & mask;
            t = (t >> 29) + a6 * b8 + a7 * b7 + a8 * b6 + (m8 << 18) - (m7 << 21) + (m6 << 24) - c.L5;
            r.L5 = t & mask;
            t = (t >> 29) + a7 * b8 + a8 * b7 - (m8 << 21) + (m7 << 24) - c.L6;
            r.L6 = t & mask;
            t = (t >> 29) + a8 * b8 + (m8 << 24) - c.L7;
            r.L7 = t & mask;
            r.L8 = (t >> 29) - c.L8;
        }

        /// <summary>r = a² - c, carried.</summary>
        internal static void Square(FieldElement r, FieldElement a, FieldElement c)
        {
            long mask = Limbs.Mask, t;
            long a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4, a5 = a.L5, a6 = a.L6, a7 = a.L7, a8 = a.L8;
            t = a0 * a0;
            long m0 = t & mask;
            t = (t >> 29) + ((a0 * a1) << 1);
            long m1 = t & mask;
            t = (t >> 29) + ((a0 * a2) << 1) + a1 * a1;
            long m2 = t & mask;
            t = (t >> 29) + ((a0 * a3 + a1 * a2) << 1) + (m0 << 9);
            long m3 = t & mask;
            t = (t >> 29) + ((a0 * a4 + a1 * a3) << 1) + a2 * a2 + (m1 << 9);
            long m4 = t & mask;
            t = (t >> 29) + ((a0 * a5 + a1 * a4 + a2 * a3) << 1) + (m2 << 9);
            long m5 = t & mask;
            t = (t >> 29) + ((a0 * a6 + a1 * a5 + a2 * a4) << 1) + a3 * a3 + (m3 << 9) + (m0 << 18);
            long m6 = t & mask;
            t = (t >> 29) + ((a0 * a7 + a1 * a6 + a2 * a5 + a3 * a4) << 1) + (m4 << 9) + (m1 << 18) - (m0 << 21);
            long m7 = t & mask;
            t = (t >> 29) + ((a0 * a8 + a1 * a7 + a2 * a6 + a3 * a5) << 1) + a4 * a4 + (m5 << 9) + (m2 << 18) - (m1 << 21) + (m0 << 24);
            long m8 = t & mask;
            t = (t >> 29) + ((a1 * a8 + a2 * a7 + a3 * a6 + a4 * a5) << 1) + (m6 << 9) + (m3 << 18) - (m2 << 21) + (m1 << 24) - c.L0;
            r.L0 = t & mask;
            t = (t >> 29) + ((a2 * a8 + a3 * a7 + a4 * a6) << 1) + a5 * a5 + (m7 << 9) + (m4 << 18) - (m3 << 21) + (m2 << 24) - c.L1;
            r.L1 = t & mask;
            t = (t >> 29) + ((a3 * a8 + a4 * a7 + a5 * a6) << 1) + (m8 << 9) + (m5 << 18) - (m4 << 21) + (m3 << 24) - c.L2;
            r.L2 = t & mask;
            t = (t >> 29) + ((a4 * a8 + a5 * a7) << 1) + a6 * a6 + (m6 << 18) - (m5 << 21) + (m4 << 24) - c.L3;
            r.L3 = t & mask;
            t = (t >> 29) + ((a5 * a8 + a6 * a7) << 1) + (m7 << 18) - (m6 << 21) + (m5 << 24) - c.L4;
            r.L4 = t & mask;
            t = (t >> 29) + ((a6 * a8) << 1) + a7 * a7 + (m8 << 18) - (m7 << 21) + (m6 << 24) - c.L5;
            r.L5 = t & mask;
            t = (t >> 29) + ((a7 * a8) << 1) - (m8 << 21) + (m7 << 24) - c.L6;
            r.L6 = t & mask;
            t = (t >> 29) + a8 * a8 + (m8 << 24) - c.L7;
            r.L7 = t & mask;
            r.L8 = (t >> 29) - c.L8;
        }

        /// <summary>r = a + k b, not carried; k is small.</summary>
        internal static void AddMultiple(FieldElement r, FieldElement a, long k, FieldElement b)
        {
            r.L0 = a.L0 + k * b.L0;
            r.L1 = a.L1 + k * b.L1;
            r.L2 = a.L2 + k * b.L2;
            r.L3 = a.L3 + k * b.L3;
            r.L4 = a.L4 + k * b.L4;
            r.L5 = a.L5 + k * b.L5;
            r.L6 = a.L6 + k * b.L6;
            r.L7 = a.L7 + k * b.L7;
            r.L8 = a.L8 + k * b.L8;
        }

        /// <summary>r = k a, carried; k is small.</summary>
        internal static void Scale(FieldElement r, long k, FieldElement a)
        {
            long mask = Limbs.Mask, t = k * a.L0;
            r.L0 = t & mask;
            t = (t >> 29) + k * a.L1;
            r.L1 = t & mask;
            t = (t >> 29) + k * a.L2;
            r.L2 = t & mask;
            t = (t >> 29) + k * a.L3;
            r.L3 = t & mask;
            t = (t >> 29) + k * a.L4;
            r.L4 = t & mask;
            t = (t >> 29) + k * a.L5;
            r.L5 = t & mask;
            t = (t >> 29) + k * a.L6;
            r.L6 = t & mask;
            t = (t >> 29) + k * a.L7;
            r.L7 = t & mask;
            r.L8 = (t >> 29) + k * a.L8;
        }

        /// <summary>r = 1 / a.</summary>
        internal static void Invert(FieldElement r, FieldElement a)
        {
            long[] limbs = new long[Limbs.Count];
            a.Store(limbs);
            new ModularInverse(P256.Prime, P256.PrimeInverse).Invert(limbs);
            r.Load(limbs);
            FieldElement factor = new FieldElement();
            factor.Load(P256.PrimeR3);
            Multiply(r, r, factor, Zero);
        }

        /// <summary>Reads a number below 2^256, in whatever form it is, from four 64-bit words, the lowest first.</summary>
        /// <param name="words">Where the words are.</param>
        /// <param name="at">The index of the lowest.</param>
        /// <param name="sign">1, or -1 for the number's negative.</param>
        internal void Load(ulong[] words, int at, long sign)
        {
            ulong mask = Limbs.Mask;
            ulong w0 = words[at], w1 = words[at + 1], w2 = words[at + 2], w3 = words[at + 3];
            L0 = (long)(w0 & mask) * sign;
            L1 = (long)(w0 >> 29 & mask) * sign;
            L2 = (long)((w0 >> 58 | w1 << 6) & mask) * sign;
            L3 = (long)(w1 >> 23 & mask) * sign;
            L4 = (long)((w1 >> 52 | w2 << 12) & mask) * sign;
            L5 = (long)(w2 >> 17 & mask) * sign;
            L6 = (long)((w2 >> 46 | w3 << 18) & mask) * sign;
            L7 = (long)(w3 >> 11 & mask) * sign;
            L8 = (long)(w3 >> 40) * sign;
        }

        /// <summary>Reads nine limbs as they are.</summary>
        internal void Load(long[] limbs)
        {
            L0 = limbs[0];
            L1 = limbs[1];
            L2 = limbs[2];
            L3 = limbs[3];
            L4 = limbs[4];
            L5 = limbs[5];
            L6 = limbs[6];
            L7 = limbs[7];
            L8 = limbs[8];
        }

        /// <summary>Writes the number, brought into [0, p), as nine limbs in the form that it is in.</summary>
        internal void Store(long[] limbs)
        {
            limbs[0] = L0;
            limbs[1] = L1;
            limbs[2] = L2;
            limbs[3] = L3;
            limbs[4] = L4;
            limbs[5] = L5;
            limbs[6] = L6;
            limbs[7] = L7;
            limbs[8] = L8;
            Limbs.Reduce(limbs, P256.Prime);
        }
    }
}
