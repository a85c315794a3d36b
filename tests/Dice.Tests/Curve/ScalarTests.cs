using System.Numerics;
using DevKit.Dice.Curve;
using DevKit.Dice.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace DevKit.Dice.Tests.Curve;

[TestClass]
public sealed class ScalarTests
{
    private static readonly BigInteger RInverse = Reference.Invert(Reference.R, Reference.N);
    private static readonly Gen<BigInteger> Number = Properties.Below(Reference.N);

    [TestMethod]
    public void Products_agree_with_BigInteger() => Properties.Check(60_000, Gen.Two(Number), numbers =>
    {
        (BigInteger a, BigInteger b) = numbers;
        long[] r = new long[9];
        Scalar.Multiply(r, Reference.ToLimbs(a), Reference.ToLimbs(b));
        Assert.AreEqual(a * b * RInverse % Reference.N, Reference.FromLimbs(r));
    });

    [TestMethod]
    public void Montgomery_form_is_the_number_times_2_to_the_261() => Properties.Check(1000, Number, a =>
    {
        long[] r = Reference.ToLimbs(a);
        Scalar.ToMontgomery(r);
        Assert.AreEqual(a * Reference.R % Reference.N, Reference.FromLimbs(r));
    });

    [TestMethod]
    public void The_inverse_of_a_number_times_that_is_1() => Properties.Check(
        500,
        Number.Where(a => !a.IsZero),
        number =>
        {
            long[] limbs = Reference.ToLimbs(number);
            Scalar.Invert(limbs);
            Assert.AreEqual(Reference.R % Reference.N, number * Reference.FromLimbs(limbs) % Reference.N);
        });

    [TestMethod]
    public void A_seed_at_an_edge_becomes_a_private_key_as_FIPS_186_5_says()
    {
        BigInteger top = (BigInteger.One << 320) - 1, order = Reference.N - 1;
        List<BigInteger> seeds =
        [
            0, 1, order - 1, order, order + 1, top, top - 1, top / order * order, top / order * order - 1, order << 32,
            .. Enumerable.Range(0, 320).Select(i => BigInteger.One << i),
            .. Enumerable.Range(0, 320).Select(i => top >> i),
        ];
        foreach (BigInteger seed in seeds)
        {
            byte[] bytes = new byte[40];
            byte[] significant = seed.ToByteArray(isUnsigned: true, isBigEndian: true);
            significant.CopyTo(bytes, 40 - significant.Length);
            CheckSeed(bytes);
        }
    }

    [TestMethod]
    public void Any_seed_becomes_a_private_key_as_FIPS_186_5_says() => Properties.Check(20_000, Properties.Bytes(40), CheckSeed);

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
    public void A_number_or_its_negative_is_odd() => Properties.Check(2000, Number, k =>
    {
        long[] odd = new long[9];
        long sign = Scalar.MakeOdd(odd, Reference.ToLimbs(k));
        Assert.AreEqual(k.IsEven ? -1 : 1, sign);
        Assert.AreEqual(k.IsEven ? Reference.N - k : k, Reference.FromLimbs(odd));
    });

    [TestMethod]
    public void Bytes_and_limbs_are_the_same_numbers() => Properties.Check(2000, Properties.Below(BigInteger.One << 256), number =>
    {
        long[] limbs = new long[9];
        byte[] bytes = new byte[34];
        Limbs.FromBytes(limbs, [7, .. Reference.ToBytes(number)], 1);
        Assert.AreEqual(number, Reference.FromLimbs(limbs));
        Limbs.ToBytes(limbs, bytes, 2);
        Assert.AreEqual(number, Reference.FromBytes(bytes.AsSpan(2)));
    });

    private static void CheckSeed(byte[] seed) =>
        Assert.AreEqual(Reference.FromBytes(seed) % (Reference.N - 1) + 1, Reference.FromBytes(Scalar.FromSeed(seed)));
}
