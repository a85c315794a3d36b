using System.Numerics;
using DevKit.Dice.Curve;
using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests.Curve;

[TestClass]
public sealed class FieldElementTests
{
    private const int RandomRounds = 120_000;

    [TestMethod]
    public void Products_agree_with_BigInteger_over_random_numbers()
    {
        Random random = new(1);
        for (int i = 0; i < RandomRounds; i++)
        {
            CheckProduct(Samples.Next(random, Reference.P), Samples.Next(random, Reference.P), Samples.Next(random, Reference.P));
        }
    }

    [TestMethod]
    public void Products_agree_with_BigInteger_over_edges()
    {
        List<BigInteger> edges = Samples.Edges(Reference.P);
        Random random = new(2);
        foreach (BigInteger a in edges)
        {
            for (int i = 0; i < 40; i++)
            {
                CheckProduct(a, edges[random.Next(edges.Count)], edges[random.Next(edges.Count)]);
            }
        }
    }

    [TestMethod]
    public void Squares_agree_with_BigInteger()
    {
        Random random = new(3);
        foreach (BigInteger a in Samples.Edges(Reference.P).Concat(Enumerable.Range(0, RandomRounds).Select(_ => Samples.Next(random, Reference.P))))
        {
            BigInteger c = Samples.Next(random, Reference.P);
            FieldElement r = new();

            FieldElement.Square(r, Element(a), Element(c));

            AssertCarried(r);
            Assert.AreEqual(Reference.Mod(a * a * RInverse - c, Reference.P), Value(r));
        }
    }

    // The widest limbs that the bounds in the class's remarks allow, of either sign, all at once: nothing overflows.
    [TestMethod]
    public void Limbs_at_their_bounds_do_not_overflow()
    {
        const long Narrow = (1L << 29) - 1, Wide = (1L << 30) - 1, Subtracted = (1L << 31) - 1;
        foreach (long signA in new long[] { 1, -1 })
        {
            foreach (long signB in new long[] { 1, -1 })
            {
                foreach (long signC in new long[] { 1, -1 })
                {
                    FieldElement a = Filled(signA * Narrow), b = Filled(signB * Wide), c = Filled(signC * Subtracted), r = new();
                    FieldElement.Multiply(r, a, b, c);
                    Assert.AreEqual(Reference.Mod(Number(a) * Number(b) * RInverse - Number(c), Reference.P), Value(r));
                    FieldElement.Square(r, a, c);
                    Assert.AreEqual(Reference.Mod(Number(a) * Number(a) * RInverse - Number(c), Reference.P), Value(r));
                }
            }
        }
    }

    [TestMethod]
    public void A_result_may_take_the_place_of_an_operand()
    {
        Random random = new(4);
        BigInteger a = Samples.Next(random, Reference.P), b = Samples.Next(random, Reference.P), c = Samples.Next(random, Reference.P);
        BigInteger expected = Reference.Mod(a * b * RInverse - c, Reference.P);
        FieldElement x = Element(a), y = Element(b), z = Element(c);

        FieldElement.Multiply(x, x, y, z);
        Assert.AreEqual(expected, Value(x));
        FieldElement.Multiply(y, Element(a), y, z);
        Assert.AreEqual(expected, Value(y));
        FieldElement.Multiply(z, Element(a), Element(b), z);
        Assert.AreEqual(expected, Value(z));
        FieldElement s = Element(a);
        FieldElement.Square(s, s, s);
        Assert.AreEqual(Reference.Mod(a * a * RInverse - a, Reference.P), Value(s));
    }

    [TestMethod]
    public void Sums_and_multiples_agree_with_BigInteger()
    {
        Random random = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            BigInteger a = Samples.Next(random, Reference.P), b = Samples.Next(random, Reference.P);
            int k = random.Next(-3, 4);
            FieldElement sum = new(), multiple = new();
            FieldElement.Add(sum, Element(a), k, Element(b));
            FieldElement.Scale(multiple, k, Element(a));

            AssertCarried(multiple);
            Assert.AreEqual(a + k * b, Number(sum));
            Assert.AreEqual(k * a, Number(multiple));
        }
    }

    [TestMethod]
    public void Words_are_read_with_either_sign()
    {
        Random random = new(6);
        foreach (BigInteger a in Samples.Edges(Reference.P).Concat(Enumerable.Range(0, 1000).Select(_ => Samples.Next(random, Reference.P))))
        {
            ulong[] words = [0, .. Enumerable.Range(0, 4).Select(i => (ulong)((a >> (64 * i)) & ulong.MaxValue))];
            FieldElement element = new();
            element.Load(words, 1, 1);
            Assert.AreEqual(a, Number(element));
            element.Load(words, 1, -1);
            Assert.AreEqual(-a, Number(element));
        }
    }

    private static readonly BigInteger RInverse = Reference.Invert(Reference.R, Reference.P);

    private static void CheckProduct(BigInteger a, BigInteger b, BigInteger c)
    {
        FieldElement r = new();
        FieldElement.Multiply(r, Element(a), Element(b), Element(c));
        AssertCarried(r);
        Assert.AreEqual(Reference.Mod(a * b * RInverse - c, Reference.P), Value(r), $"{a:X} * {b:X} - {c:X}");
    }

    private static void AssertCarried(FieldElement r)
    {
        long[] limbs = [r.L0, r.L1, r.L2, r.L3, r.L4, r.L5, r.L6, r.L7];
        Assert.IsTrue(Array.TrueForAll(limbs, limb => limb is >= 0 and < 1L << 29));
        Assert.IsTrue(Math.Abs(r.L8) < 1L << 29);
    }

    private static FieldElement Element(BigInteger value)
    {
        FieldElement element = new();
        element.Load(Reference.ToLimbs(value));
        return element;
    }

    private static FieldElement Filled(long limb)
    {
        // The top limb of a number between -6 p and 6 p has 27 bits.
        long[] limbs = [limb, limb, limb, limb, limb, limb, limb, limb, Math.Sign(limb) * ((1L << 27) - 1)];
        FieldElement element = new();
        element.Load(limbs);
        return element;
    }

    private static BigInteger Number(FieldElement e) => Reference.FromLimbs(e.L0, e.L1, e.L2, e.L3, e.L4, e.L5, e.L6, e.L7, e.L8);

    private static BigInteger Value(FieldElement e) => Reference.Mod(Number(e), Reference.P);
}
