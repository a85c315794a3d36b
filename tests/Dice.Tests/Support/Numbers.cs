using System.Numerics;

namespace DevKit.Dice.Tests.Support;

/// <summary>Numbers at which carries, signs and comparisons turn.</summary>
internal static class Numbers
{
    /// <summary>0, 1, the modulus and its neighbours, powers of two and theirs, and numbers of all-ones limbs.</summary>
    internal static BigInteger[] Edges(BigInteger modulus)
    {
        List<BigInteger> edges = [0, 1, 2, 3, modulus - 1, modulus - 2, modulus - 3, modulus / 2, modulus / 2 + 1];
        for (int i = 1; i < 256; i++)
        {
            BigInteger power = BigInteger.One << i;
            edges.AddRange([power - 1, power, power + 1, modulus - power]);
        }

        for (int limb = 0; limb < 9; limb++)
        {
            edges.Add(((BigInteger.One << 29) - 1) << (29 * limb));
            edges.Add((BigInteger.One << 256) - 1 - (((BigInteger.One << 29) - 1) << (29 * limb)));
        }

        return [.. edges.Select(e => Reference.Mod(e, modulus)).Distinct()];
    }
}
