using System;

namespace DevKit.Dice.Curve
{
    /// <summary>Numbers of up to 261 bits as nine limbs of 29 bits, lowest first; the last one carries the sign.</summary>
    internal static class Limbs
    {
        internal const int Count = 9;
        internal const int Bits = 29;
        internal const long Mask = (1L << Bits) - 1;

        /// <summary>Reads a 32-byte big-endian number.</summary>
        internal static void FromBytes(long[] limbs, byte[] bytes, int offset)
        {
            long held = 0;
            int heldBits = 0, limb = 0;
            for (int i = 31; i >= 0; i--)
            {
                held |= (long)bytes[offset + i] << heldBits;
                heldBits += 8;
                if (heldBits >= Bits)
                {
                    limbs[limb++] = held & Mask;
                    held >>= Bits;
                    heldBits -= Bits;
                }
            }

            limbs[limb] = held;
        }

        /// <summary>Writes a number in [0, 2^256) as 32 big-endian bytes.</summary>
        internal static void ToBytes(long[] limbs, byte[] bytes, int offset)
        {
            long held = 0;
            int heldBits = 0, limb = 0;
            for (int i = 31; i >= 0; i--)
            {
                if (heldBits < 8)
                {
                    held |= limbs[limb++] << heldBits;
                    heldBits += Bits;
                }

                bytes[offset + i] = (byte)held;
                held >>= 8;
                heldBits -= 8;
            }
        }

        /// <summary>limbs += factor × addend, carried: every limb but the last into [0, 2^29).</summary>
        internal static void AddMultiple(long[] limbs, long[] addend, long factor)
        {
            long t = 0;
            for (int i = 0; i < Count - 1; i++)
            {
                t += limbs[i] + addend[i] * factor;
                limbs[i] = t & Mask;
                t >>= Bits;
            }

            limbs[Count - 1] += t + addend[Count - 1] * factor;
        }

        /// <summary>Brings a number in (-2 m, 2 m) into [0, m), without a branch on its value.</summary>
        internal static void Reduce(long[] limbs, long[] modulus)
        {
            AddMultiple(limbs, modulus, limbs[Count - 1] >> 63 & 1);
            AddMultiple(limbs, modulus, limbs[Count - 1] >> 63 & 1);
            AddMultiple(limbs, modulus, -1);
            AddMultiple(limbs, modulus, limbs[Count - 1] >> 63 & 1);
        }

        /// <summary>Whether a carried number is 0, without a branch on its value.</summary>
        internal static bool IsZero(long[] limbs)
        {
            long any = 0;
            for (int i = 0; i < Count; i++)
            {
                any |= limbs[i];
            }

            return any == 0;
        }

        /// <summary>Sets every limb to 0.</summary>
        internal static void Clear(long[] limbs)
        {
            Array.Clear(limbs, 0, Count);
        }
    }
}
