using System.Numerics;

namespace DevKit.Dice.Tests.Support;

/// <summary>P-256 by the book, on <see cref="BigInteger"/>: what the engine is compared with.</summary>
internal static class Reference
{
    internal static readonly BigInteger P =
        (BigInteger.One << 256) - (BigInteger.One << 224) + (BigInteger.One << 192) + (BigInteger.One << 96) - 1;

    internal static readonly BigInteger N = FromHex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    internal static readonly (BigInteger X, BigInteger Y) G =
    (
        FromHex("6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"),
        FromHex("4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5")
    );

    /// <summary>2^261: what a field element or scalar in Montgomery form is multiplied by.</summary>
    internal static readonly BigInteger R = BigInteger.One << 261;

    internal static BigInteger Mod(BigInteger value, BigInteger modulus)
    {
        BigInteger remainder = value % modulus;
        return remainder.Sign < 0 ? remainder + modulus : remainder;
    }

    internal static BigInteger Invert(BigInteger value, BigInteger modulus) => BigInteger.ModPow(Mod(value, modulus), modulus - 2, modulus);

    /// <summary>A sum of points; null is the point at infinity.</summary>
    internal static (BigInteger X, BigInteger Y)? Add((BigInteger X, BigInteger Y)? a, (BigInteger X, BigInteger Y)? b)
    {
        if (a is not { } p)
        {
            return b;
        }

        if (b is not { } q)
        {
            return a;
        }

        if (p.X == q.X && Mod(p.Y + q.Y, P).IsZero)
        {
            return null;
        }

        BigInteger slope = p.X == q.X
            ? (3 * p.X * p.X - 3) * Invert(2 * p.Y, P)
            : (q.Y - p.Y) * Invert(q.X - p.X, P);
        BigInteger x = Mod(slope * slope - p.X - q.X, P);
        return (x, Mod(slope * (p.X - x) - p.Y, P));
    }

    internal static (BigInteger X, BigInteger Y) Multiply(BigInteger k)
    {
        (BigInteger X, BigInteger Y)? sum = null, power = G;
        for (k = Mod(k, N); !k.IsZero; k >>= 1)
        {
            if (!k.IsEven)
            {
                sum = Add(sum, power);
            }

            power = Add(power, power);
        }

        return sum!.Value;
    }

    internal static BigInteger FromHex(string hex) => FromBytes(Convert.FromHexString(hex));

    internal static BigInteger FromBytes(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    /// <summary>32 big-endian bytes.</summary>
    internal static byte[] ToBytes(BigInteger value)
    {
        byte[] bytes = new byte[32];
        byte[] significant = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        significant.CopyTo(bytes, 32 - significant.Length);
        return bytes;
    }

    /// <summary>Nine limbs of 29 bits, the last of which takes the sign.</summary>
    internal static long[] ToLimbs(BigInteger value)
    {
        long[] limbs = new long[9];
        for (int i = 0; i < 8; i++)
        {
            limbs[i] = (long)(value & ((1 << 29) - 1));
            value >>= 29;
        }

        limbs[8] = (long)value;
        return limbs;
    }

    internal static BigInteger FromLimbs(params long[] limbs)
    {
        BigInteger value = 0;
        for (int i = limbs.Length - 1; i >= 0; i--)
        {
            value = (value << 29) + limbs[i];
        }

        return value;
    }
}
