using System.Numerics;
using DevKit.Dice.Curve;
using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests.Curve;

[TestClass]
public sealed class ScalarTests
{
    private static readonly BigInteger RInverse = Reference.Invert(Reference.R, Reference.N);

    [TestMethod]
    public void Products_agree_with_BigInteger()
    {
        Random random = new(11);
        List<BigInteger> edges = Samples.Edges(Reference.N);
        for (int i = 0; i < 100_000; i++)
        {
            BigInteger a = i < edges.Count ? edges[i] : Samples.Next(random, Reference.N);
            BigInteger b = i % 3 == 0 ? edges[random.Next(edges.Count)] : Samples.Next(random, Reference.N);
            long[] r = new long[9];
            Scalar.Multiply(r, Reference.ToLimbs(a), Reference.ToLimbs(b));
            Assert.AreEqual(a * b * RInverse % Reference.N, Reference.FromLimbs(r));
        }
    }

    [TestMethod]
    public void A_seed_becomes_a_private_key_as_FIPS_186_5_says()
    {
        Random random = new(12);
        BigInteger top = (BigInteger.One << 320) - 1, order = Reference.N - 1;
        List<BigInteger> seeds = [0, 1, order - 1, order, order + 1, top, top - 1, top / order * order, top / order * order - 1, order << 32];
        seeds.AddRange(Enumerable.Range(0, 320).Select(i => BigInteger.One << i));
        seeds.AddRange(Enumerable.Range(0, 320).Select(i => top >> i));
        seeds.AddRange(Enumerable.Range(0, 20_000).Select(_ => Reference.FromBytes(Samples.Bytes(random, 40))));
        foreach (BigInteger seed in seeds)
        {
            byte[] bytes = new byte[40];
            byte[] significant = seed.ToByteArray(isUnsigned: true, isBigEndian: true);
            significant.CopyTo(bytes, 40 - significant.Length);

            Assert.AreEqual(seed % order + 1, Reference.FromBytes(Scalar.FromSeed(bytes)), $"Seed {seed:X}.");
        }
    }

    [TestMethod]
    public void Numbers_up_to_32_bytes_of_FF_are_reduced_once()
    {
        BigInteger[] numbers = [0, 1, Reference.N - 1, Reference.N, Reference.N + 1, (BigInteger.One << 256) - 1];
        foreach (BigInteger number in numbers)
        {
            byte[] bytes = Reference.ToBytes(number);
            Scalar.ReduceBytes(bytes);
            Assert.AreEqual(number % Reference.N, Reference.FromBytes(bytes));
        }
    }

    [TestMethod]
    public void Private_keys_are_the_numbers_from_1_to_n_less_1()
    {
        Assert.IsFalse(Scalar.IsInRange(new byte[32]));
        Assert.IsTrue(Scalar.IsInRange(Reference.ToBytes(1)));
        Assert.IsTrue(Scalar.IsInRange(Reference.ToBytes(Reference.N - 1)));
        Assert.IsFalse(Scalar.IsInRange(Reference.ToBytes(Reference.N)));
        Assert.IsFalse(Scalar.IsInRange(Reference.ToBytes(Reference.N + 1)));
        Assert.IsFalse(Scalar.IsInRange(Reference.ToBytes((BigInteger.One << 256) - 1)));
    }

    [TestMethod]
    public void A_number_or_its_negative_is_odd()
    {
        Random random = new(13);
        foreach (BigInteger k in Samples.Edges(Reference.N).Concat(Enumerable.Range(0, 1000).Select(_ => Samples.Next(random, Reference.N))))
        {
            long[] odd = new long[9];
            long sign = Scalar.MakeOdd(odd, Reference.ToLimbs(k));
            Assert.AreEqual(k.IsEven ? -1 : 1, sign);
            Assert.AreEqual(k.IsEven ? Reference.N - k : k, Reference.FromLimbs(odd));
        }
    }

    [TestMethod]
    public void Bytes_and_limbs_are_the_same_numbers()
    {
        Random random = new(14);
        long[] limbs = new long[9];
        byte[] bytes = new byte[34];
        BigInteger all = BigInteger.One << 256;
        foreach (BigInteger number in Samples.Edges(all).Concat(Enumerable.Range(0, 1000).Select(_ => Samples.Next(random, all))))
        {
            Limbs.FromBytes(limbs, [7, .. Reference.ToBytes(number)], 1);
            Assert.AreEqual(number, Reference.FromLimbs(limbs));
            Limbs.ToBytes(limbs, bytes, 2);
            Assert.AreEqual(number, Reference.FromBytes(bytes.AsSpan(2)));
        }
    }
}
