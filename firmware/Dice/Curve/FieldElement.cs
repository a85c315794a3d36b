namespace DevKit.Dice.Curve
{
    /// <summary>
    /// A number modulo p = 2^256 - 2^224 + 2^192 + 2^96 - 1, the field of NIST P-256, in Montgomery form (times 2^261):
    /// nine signed limbs of 29 bits.
    /// </summary>
    /// <remarks>
    /// <para>An interpreter pays for each instruction and not for its width, so the limbs are as wide as lets a whole column of a product,
    /// nine terms of 58 bits, gather in one 64-bit number before anything is carried. Multiplication, squaring and the difference of
    /// two products are unrolled for the same reason: the limbs stay in locals, and there is no loop to pay for.</para>
    /// <para>Bounds. A result of those three, or of <see cref="Combine"/>, has limbs 0 to 7 in [0, 2^29) and a small signed limb 8:
    /// it is "carried". <see cref="Subtract"/> and <see cref="Add"/> do not carry: of carried numbers they leave limbs below 2^29
    /// (a difference) or 2^30 (a sum) in size. A column of a product stays below 2^63 when the limbs of one factor are below
    /// 2^29 and those of the other below 2^30.</para>
    /// </remarks>
    internal sealed class FieldElement
    {
        internal const long Mask = (1L << 29) - 1;

        internal long L0, L1, L2, L3, L4, L5, L6, L7, L8;

        /// <summary>r = a b. Either factor may be r.</summary>
        /// <remarks>
        /// A column at a time, with the Montgomery reduction (radix 2^29) in the same pass. Since p = -1 modulo 2^96, the digit that
        /// clears a column is the column's own low 29 bits, and adding that multiple of p is four shifts: 2^96, 2^192, 2^224 and 2^256
        /// stand in limbs 3, 6, 7 and 8 at bits 9, 18, 21 and 24.
        /// </remarks>
        internal static void Multiply(FieldElement r, FieldElement a, FieldElement b)
        {
            long mask = Mask, t;
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
                - (m2 << 21) + (m1 << 24);
            r.L0 = t & mask;
            t = (t >> 29) + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + (m7 << 9) + (m4 << 18) - (m3 << 21)
                + (m2 << 24);
            r.L1 = t & mask;
            t = (t >> 29) + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + (m8 << 9) + (m5 << 18) - (m4 << 21) + (m3 << 24);
            r.L2 = t & mask;
            t = (t >> 29) + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + (m6 << 18) - (m5 << 21) + (m4 << 24);
            r.L3 = t & mask;
            t = (t >> 29) + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + (m7 << 18) - (m6 << 21) + (m5 << 24);
            r.L4 = t & mask;
            t = (t >> 29) + a6 * b8 + a7 * b7 + a8 * b6 + (m8 << 18) - (m7 << 21) + (m6 << 24);
            r.L5 = t & mask;
            t = (t >> 29) + a7 * b8 + a8 * b7 - (m8 << 21) + (m7 << 24);
            r.L6 = t & mask;
            t = (t >> 29) + a8 * b8 + (m8 << 24);
            r.L7 = t & mask;
            r.L8 = t >> 29;
        }

        /// <summary>r = a². The factor may be r.</summary>
        internal static void Square(FieldElement r, FieldElement a)
        {
            long mask = Mask, t;
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
            t = (t >> 29) + ((a1 * a8 + a2 * a7 + a3 * a6 + a4 * a5) << 1) + (m6 << 9) + (m3 << 18) - (m2 << 21) + (m1 << 24);
            r.L0 = t & mask;
            t = (t >> 29) + ((a2 * a8 + a3 * a7 + a4 * a6) << 1) + a5 * a5 + (m7 << 9) + (m4 << 18) - (m3 << 21) + (m2 << 24);
            r.L1 = t & mask;
            t = (t >> 29) + ((a3 * a8 + a4 * a7 + a5 * a6) << 1) + (m8 << 9) + (m5 << 18) - (m4 << 21) + (m3 << 24);
            r.L2 = t & mask;
            t = (t >> 29) + ((a4 * a8 + a5 * a7) << 1) + a6 * a6 + (m6 << 18) - (m5 << 21) + (m4 << 24);
            r.L3 = t & mask;
            t = (t >> 29) + ((a5 * a8 + a6 * a7) << 1) + (m7 << 18) - (m6 << 21) + (m5 << 24);
            r.L4 = t & mask;
            t = (t >> 29) + ((a6 * a8) << 1) + a7 * a7 + (m8 << 18) - (m7 << 21) + (m6 << 24);
            r.L5 = t & mask;
            t = (t >> 29) + ((a7 * a8) << 1) - (m8 << 21) + (m7 << 24);
            r.L6 = t & mask;
            t = (t >> 29) + a8 * a8 + (m8 << 24);
            r.L7 = t & mask;
            r.L8 = t >> 29;
        }

        /// <summary>r = a b - c d, with one reduction for both products. All four have limbs below 2^29 in size.</summary>
        internal static void ProductDifference(FieldElement r, FieldElement a, FieldElement b, FieldElement c, FieldElement d)
        {
            long mask = Mask, t;
            long a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4, a5 = a.L5, a6 = a.L6, a7 = a.L7, a8 = a.L8;
            long b0 = b.L0, b1 = b.L1, b2 = b.L2, b3 = b.L3, b4 = b.L4, b5 = b.L5, b6 = b.L6, b7 = b.L7, b8 = b.L8;
            long c0 = c.L0, c1 = c.L1, c2 = c.L2, c3 = c.L3, c4 = c.L4, c5 = c.L5, c6 = c.L6, c7 = c.L7, c8 = c.L8;
            long d0 = d.L0, d1 = d.L1, d2 = d.L2, d3 = d.L3, d4 = d.L4, d5 = d.L5, d6 = d.L6, d7 = d.L7, d8 = d.L8;
            t = a0 * b0 - c0 * d0;
            long m0 = t & mask;
            t = (t >> 29) + a0 * b1 + a1 * b0 - c0 * d1 - c1 * d0;
            long m1 = t & mask;
            t = (t >> 29) + a0 * b2 + a1 * b1 + a2 * b0 - c0 * d2 - c1 * d1 - c2 * d0;
            long m2 = t & mask;
            t = (t >> 29) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - c0 * d3 - c1 * d2 - c2 * d1 - c3 * d0 + (m0 << 9);
            long m3 = t & mask;
            t = (t >> 29) + a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - c0 * d4 - c1 * d3 - c2 * d2 - c3 * d1 - c4 * d0 + (m1 << 9);
            long m4 = t & mask;
            t = (t >> 29) + a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 - c0 * d5 - c1 * d4 - c2 * d3 - c3 * d2 - c4 * d1
                - c5 * d0 + (m2 << 9);
            long m5 = t & mask;
            t = (t >> 29) + a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 - c0 * d6 - c1 * d5 - c2 * d4 - c3 * d3
                - c4 * d2 - c5 * d1 - c6 * d0 + (m3 << 9) + (m0 << 18);
            long m6 = t & mask;
            t = (t >> 29) + a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0 - c0 * d7 - c1 * d6 - c2 * d5
                - c3 * d4 - c4 * d3 - c5 * d2 - c6 * d1 - c7 * d0 + (m4 << 9) + (m1 << 18) - (m0 << 21);
            long m7 = t & mask;
            t = (t >> 29) + a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0 - c0 * d8 - c1 * d7
                - c2 * d6 - c3 * d5 - c4 * d4 - c5 * d3 - c6 * d2 - c7 * d1 - c8 * d0 + (m5 << 9) + (m2 << 18) - (m1 << 21) + (m0 << 24);
            long m8 = t & mask;
            t = (t >> 29) + a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 - c1 * d8 - c2 * d7 - c3 * d6
                - c4 * d5 - c5 * d4 - c6 * d3 - c7 * d2 - c8 * d1 + (m6 << 9) + (m3 << 18) - (m2 << 21) + (m1 << 24);
            r.L0 = t & mask;
            t = (t >> 29) + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 - c2 * d8 - c3 * d7 - c4 * d6 - c5 * d5
                - c6 * d4 - c7 * d3 - c8 * d2 + (m7 << 9) + (m4 << 18) - (m3 << 21) + (m2 << 24);
            r.L1 = t & mask;
            t = (t >> 29) + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 - c3 * d8 - c4 * d7 - c5 * d6 - c6 * d5 - c7 * d4
                - c8 * d3 + (m8 << 9) + (m5 << 18) - (m4 << 21) + (m3 << 24);
            r.L2 = t & mask;
            t = (t >> 29) + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 - c4 * d8 - c5 * d7 - c6 * d6 - c7 * d5 - c8 * d4
                + (m6 << 18) - (m5 << 21) + (m4 << 24);
            r.L3 = t & mask;
            t = (t >> 29) + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 - c5 * d8 - c6 * d7 - c7 * d6 - c8 * d5 + (m7 << 18) - (m6 << 21)
                + (m5 << 24);
            r.L4 = t & mask;
            t = (t >> 29) + a6 * b8 + a7 * b7 + a8 * b6 - c6 * d8 - c7 * d7 - c8 * d6 + (m8 << 18) - (m7 << 21) + (m6 << 24);
            r.L5 = t & mask;
            t = (t >> 29) + a7 * b8 + a8 * b7 - c7 * d8 - c8 * d7 - (m8 << 21) + (m7 << 24);
            r.L6 = t & mask;
            t = (t >> 29) + a8 * b8 - c8 * d8 + (m8 << 24);
            r.L7 = t & mask;
            r.L8 = t >> 29;
        }

        /// <summary>r = a + b, not carried.</summary>
        internal static void Add(FieldElement r, FieldElement a, FieldElement b)
        {
            r.L0 = a.L0 + b.L0;
            r.L1 = a.L1 + b.L1;
            r.L2 = a.L2 + b.L2;
            r.L3 = a.L3 + b.L3;
            r.L4 = a.L4 + b.L4;
            r.L5 = a.L5 + b.L5;
            r.L6 = a.L6 + b.L6;
            r.L7 = a.L7 + b.L7;
            r.L8 = a.L8 + b.L8;
        }

        /// <summary>r = a - b, not carried.</summary>
        internal static void Subtract(FieldElement r, FieldElement a, FieldElement b)
        {
            r.L0 = a.L0 - b.L0;
            r.L1 = a.L1 - b.L1;
            r.L2 = a.L2 - b.L2;
            r.L3 = a.L3 - b.L3;
            r.L4 = a.L4 - b.L4;
            r.L5 = a.L5 - b.L5;
            r.L6 = a.L6 - b.L6;
            r.L7 = a.L7 - b.L7;
            r.L8 = a.L8 - b.L8;
        }

        /// <summary>r = i a + j b, carried; i and j are small.</summary>
        internal static void Combine(FieldElement r, long i, FieldElement a, long j, FieldElement b)
        {
            long mask = Mask, t = i * a.L0 + j * b.L0;
            r.L0 = t & mask;
            t = (t >> 29) + i * a.L1 + j * b.L1;
            r.L1 = t & mask;
            t = (t >> 29) + i * a.L2 + j * b.L2;
            r.L2 = t & mask;
            t = (t >> 29) + i * a.L3 + j * b.L3;
            r.L3 = t & mask;
            t = (t >> 29) + i * a.L4 + j * b.L4;
            r.L4 = t & mask;
            t = (t >> 29) + i * a.L5 + j * b.L5;
            r.L5 = t & mask;
            t = (t >> 29) + i * a.L6 + j * b.L6;
            r.L6 = t & mask;
            t = (t >> 29) + i * a.L7 + j * b.L7;
            r.L7 = t & mask;
            r.L8 = (t >> 29) + i * a.L8 + j * b.L8;
        }

        /// <summary>Takes a number below 2^256, in whatever form it is, from four little-endian 64-bit words.</summary>
        /// <param name="words">Where the words are.</param>
        /// <param name="at">The index of the lowest.</param>
        /// <param name="sign">1, or -1 for the number's negative.</param>
        internal void Load(ulong[] words, int at, long sign)
        {
            ulong mask = (ulong)Mask;
            ulong w0 = words[at], w1 = words[at + 1], w2 = words[at + 2], w3 = words[at + 3];
            L0 = (long)(w0 & mask) * sign;
            L1 = (long)((w0 >> 29) & mask) * sign;
            L2 = (long)((w0 >> 58 | w1 << 6) & mask) * sign;
            L3 = (long)((w1 >> 23) & mask) * sign;
            L4 = (long)((w1 >> 52 | w2 << 12) & mask) * sign;
            L5 = (long)((w2 >> 17) & mask) * sign;
            L6 = (long)((w2 >> 46 | w3 << 18) & mask) * sign;
            L7 = (long)((w3 >> 11) & mask) * sign;
            L8 = (long)(w3 >> 40) * sign;
        }

        /// <summary>Takes nine limbs as they are.</summary>
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

        /// <summary>Gives the nine limbs as they are.</summary>
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
        }

        /// <summary>Sets every limb to 0.</summary>
        internal void Clear()
        {
            L0 = L1 = L2 = L3 = L4 = L5 = L6 = L7 = L8 = 0;
        }
    }
}
