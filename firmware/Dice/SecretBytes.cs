using System;

namespace DevKit.Dice
{
    /// <summary>What is done to bytes that nobody else may learn.</summary>
    public static class SecretBytes
    {
        /// <summary>Overwrites bytes with zeros.</summary>
        /// <param name="b">The bytes; null is nothing to do.</param>
        /// <remarks>
        /// A heap that compacts may have left a copy elsewhere: wiping shortens a secret's life, it does not promise that no copy is left.
        /// </remarks>
        public static void Clear(byte[] b)
        {
            if (b != null)
            {
                Array.Clear(b, 0, b.Length);
            }
        }

        /// <summary>Compares in a time that depends on the lengths alone.</summary>
        /// <param name="a">One value.</param>
        /// <param name="b">The other.</param>
        /// <returns>True if both are of one length and have the same bytes; two nulls are equal, null and an array are not.</returns>
        public static bool AreEqual(byte[] a, byte[] b)
        {
            if (a == null || b == null)
            {
                return a == b;
            }

            if (a.Length != b.Length)
            {
                return false;
            }

            int difference = 0;
            for (int i = 0; i < a.Length; i++)
            {
                difference |= a[i] ^ b[i];
            }

            return difference == 0;
        }
    }
}
