namespace DevKit.Dice.Curve
{
    /// <summary>
    /// NIST P-256 (SP 800-186, 3.2.1.3): the numbers that define it, as limbs, and what Montgomery arithmetic derives from them.
    /// </summary>
    internal static class P256
    {
        /// <summary>1 / p modulo 2^29.</summary>
        internal const long PrimeInverse = 0x1FFFFFFF;

        /// <summary>1 / n modulo 2^29.</summary>
        internal const long OrderInverse = 0x11FF43B1;

        /// <summary>p, the prime that the field is built on.</summary>
        internal static readonly long[] Prime =
        {
            0x1FFFFFFF, 0x1FFFFFFF, 0x1FFFFFFF, 0x000001FF, 0x00000000, 0x00000000, 0x00040000, 0x1FE00000, 0x00FFFFFF,
        };

        /// <summary>n, the order of the base point.</summary>
        internal static readonly long[] Order =
        {
            0x1C632551, 0x1DCE5617, 0x05E7A13C, 0x0DF55B4E, 0x1FFFFBCE, 0x1FFFFFFF, 0x0003FFFF, 0x1FE00000, 0x00FFFFFF,
        };

        /// <summary>2^522 modulo n: takes a scalar into Montgomery form.</summary>
        internal static readonly long[] OrderR2 =
        {
            0x148D9EF5, 0x0F4E7F75, 0x14C6A651, 0x03F8B765, 0x165861F1, 0x1256D7D8, 0x1C185B23, 0x0D4CAB0F, 0x0084B655,
        };

        /// <summary>2^261 modulo p: one, in Montgomery form.</summary>
        internal static readonly long[] PrimeR =
        {
            0x00000020, 0x00000000, 0x00000000, 0x1FFFC000, 0x1FFFFFFF, 0x1FFFFFFF, 0x1F7FFFFF, 0x03FFFFFF, 0x00000000,
        };

        /// <summary>2^783 modulo p: takes the inverse of a number in Montgomery form back into it.</summary>
        internal static readonly long[] PrimeR3 =
        {
            0x00050000, 0x1FF40000, 0x1EFFFFFF, 0x0DFFFFFF, 0x07FFFFFF, 0x1FFFFFFF, 0x0000000B, 0x00000010, 0x00000C00,
        };
    }
}
