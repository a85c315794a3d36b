using System.Numerics;
using DevKit.Dice.Curve;
using DevKit.Dice.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace DevKit.Dice.Tests.Curve;

[TestClass]
public sealed class FieldElementTests
{
    private static readonly BigInteger RInverse = Reference.Invert(Reference.R, Reference.P);
    private static readonly Gen<BigInteger> Number = Properties.Below(Reference.P);

    [TestMethod]
    public void Products_agree_with_BigInteger() => Properties.Check(60_000, Gen.Three(Number), CheckProduct);

    [TestMethod]
    public void Products_of_edges_agree_with_BigInteger() =>
        Properties.Check(40_000, Gen.Three(Gen.Elements(Numbers.Edges(Reference.P))), CheckProduct);

    [TestMethod]
    public void Squares_agree_with_BigInteger() => Properties.Check(60_000, Gen.Two(Number), CheckSquare);

    [TestMethod]
    public void Squares_of_edges_agree_with_BigInteger() => Array.ForEach(
        Numbers.Edges(Reference.P), a => CheckSquare((a, Reference.P - 1)));

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
                    Assert.AreEqual(Reference.Mod(Sum(a) * Sum(b) * RInverse - Sum(c), Reference.P), Value(r));
                    FieldElement.Square(r, a, c);
                    Assert.AreEqual(Reference.Mod(Sum(a) * Sum(a) * RInverse - Sum(c), Reference.P), Value(r));
                }
            }
        }
    }

    [TestMethod]
    public void A_result_may_take_the_place_of_an_operand() => Properties.Check(1000, Gen.Three(Number), numbers =>
    {
        (BigInteger a, BigInteger b, BigInteger c) = numbers;
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
    });

    [TestMethod]
    public void Sums_and_multiples_agree_with_BigInteger() => Properties.Check(
        20_000,
        Gen.Zip(Gen.Two(Number), Gen.Choose(-3, 3)),
        values =>
        {
            ((BigInteger a, BigInteger b), int k) = values;
            FieldElement sum = new(), multiple = new();
            FieldElement.AddMultiple(sum, Element(a), k, Element(b));
            FieldElement.Scale(multiple, k, Element(a));

            AssertCarried(multiple);
            Assert.AreEqual(a + k * b, Sum(sum));
            Assert.AreEqual(k * a, Sum(multiple));
        });

    [TestMethod]
    public void An_inverse_times_its_number_is_1() => Properties.Check(1000, Number, a =>
    {
        FieldElement element = Element(a * Reference.R % Reference.P);
        FieldElement.Invert(element, element);
        Assert.AreEqual(a.IsZero ? 0 : Reference.R % Reference.P, a * Value(element) % Reference.P);
    });

    [TestMethod]
    public void Words_are_read_with_either_sign() => Properties.Check(2000, Number, a =>
    {
        ulong[] words = [0, .. Enumerable.Range(0, 4).Select(i => (ulong)((a >> (64 * i)) & ulong.MaxValue))];
        FieldElement element = new();
        element.Load(words, 1, 1);
        Assert.AreEqual(a, Sum(element));
        element.Load(words, 1, -1);
        Assert.AreEqual(-a, Sum(element));
    });

    private static void CheckProduct((BigInteger A, BigInteger B, BigInteger C) numbers)
    {
        FieldElement r = new();
        FieldElement.Multiply(r, Element(numbers.A), Element(numbers.B), Element(numbers.C));
        AssertCarried(r);
        Assert.AreEqual(Reference.Mod(numbers.A * numbers.B * RInverse - numbers.C, Reference.P), Value(r));
    }

    private static void CheckSquare((BigInteger A, BigInteger C) numbers)
    {
        FieldElement r = new();
        FieldElement.Square(r, Element(numbers.A), Element(numbers.C));
        AssertCarried(r);
        Assert.AreEqual(Reference.Mod(numbers.A * numbers.A * RInverse - numbers.C, Reference.P), Value(r));
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

    // The number that the limbs add up to, and that number modulo p.
    private static BigInteger Sum(FieldElement e) => Reference.FromLimbs(e.L0, e.L1, e.L2, e.L3, e.L4, e.L5, e.L6, e.L7, e.L8);

    private static BigInteger Value(FieldElement e) => Reference.Mod(Sum(e), Reference.P);
}
