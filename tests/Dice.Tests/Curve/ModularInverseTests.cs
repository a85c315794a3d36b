using System.Numerics;
using DevKit.Dice.Curve;
using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests.Curve;

[TestClass]
public sealed class ModularInverseTests
{
    [TestMethod]
    public void Inverses_modulo_p_times_their_numbers_are_1() => Check(Reference.P, new(P256.Prime, P256.PrimeInverse));

    [TestMethod]
    public void Inverses_modulo_n_times_their_numbers_are_1() => Check(Reference.N, new(P256.Order, P256.OrderInverse));

    [TestMethod]
    public void The_constants_are_what_their_names_say()
    {
        BigInteger limb = BigInteger.One << 29;
        Assert.AreEqual(Reference.P, Reference.FromLimbs(P256.Prime));
        Assert.AreEqual(Reference.N, Reference.FromLimbs(P256.Order));
        Assert.AreEqual(1, Reference.P * P256.PrimeInverse % limb);
        Assert.AreEqual(1, Reference.N * P256.OrderInverse % limb);
        Assert.AreEqual(Reference.R % Reference.P, Reference.FromLimbs(P256.PrimeR));
        Assert.AreEqual(BigInteger.Pow(Reference.R, 3) % Reference.P, Reference.FromLimbs(P256.PrimeR3));
        Assert.AreEqual(BigInteger.Pow(Reference.R, 2) % Reference.N, Reference.FromLimbs(P256.OrderR2));
    }

    private static void Check(BigInteger modulus, ModularInverse inverse)
    {
        Array.ForEach(Numbers.Edges(modulus), CheckNumber);
        Properties.Check(20_000, Properties.Below(modulus), CheckNumber);

        void CheckNumber(BigInteger number)
        {
            long[] limbs = Reference.ToLimbs(number);
            inverse.Invert(limbs);
            BigInteger result = Reference.FromLimbs(limbs);
            Assert.IsTrue(result >= 0 && result < modulus);
            Assert.AreEqual(number.IsZero ? 0 : 1, number * result % modulus, $"{number:X}");
        }
    }
}
