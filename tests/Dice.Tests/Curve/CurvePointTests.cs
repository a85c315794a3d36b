using System.Numerics;
using System.Security.Cryptography;
using DevKit.Dice.Curve;
using DevKit.Dice.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace DevKit.Dice.Tests.Curve;

[TestClass]
public sealed class CurvePointTests
{
    private const int Teeth = 6;
    private const int Spacing = 43;

    // Point multiplication samples for P-256 that NIST's successors to the Mathematical Routines publish.
    [TestMethod]
    [DataRow(
        "1",
        "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
        "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5")]
    [DataRow(
        "2",
        "7CF27B188D034F7E8A52380304B51AC3C08969E277F21B35A60B48FC47669978",
        "07775510DB8ED040293D9AC69F7430DBBA7DADE63CE982299E04B79D227873D1")]
    [DataRow(
        "3",
        "5ECBE4D1A6330A44C8F7EF951D4BF165E6C6B721EFADA985FB41661BC6E7FD6C",
        "8734640C4998FF7E374B06CE1A64A2ECD82AB036384FB83D9A79B127A27D5032")]
    [DataRow(
        "112233445566778899",
        "339150844EC15234807FE862A86BE77977DBFB3AE3D96F4C22795513AEAAB82F",
        "B1C14DDFDC8EC1B2583F51E85A5EB3A155840F2034730E9B5ADA38B674336A21")]
    public void Published_samples_hold(string k, string x, string y) =>
        Assert.AreEqual("04" + x + y, PublicKey(BigInteger.Parse(k, null)));

    [TestMethod]
    public void Small_numbers_and_their_negatives_agree_with_the_school_method()
    {
        (BigInteger X, BigInteger Y)? point = null;
        for (int k = 1; k <= 200; k++)
        {
            point = Reference.Add(point, Reference.G);
            Assert.AreEqual(Text(point!.Value), PublicKey(k), $"k = {k}");
            Assert.AreEqual(Text((point.Value.X, Reference.P - point.Value.Y)), PublicKey(Reference.N - k), $"k = n - {k}");
        }
    }

    [TestMethod]
    public void Powers_of_two_and_their_neighbours_agree_with_the_school_method()
    {
        (BigInteger X, BigInteger Y) power = Reference.G;
        (BigInteger X, BigInteger Y) minusG = (Reference.G.X, Reference.P - Reference.G.Y);
        for (int i = 1; i < 256; i++)
        {
            power = Reference.Add(power, power)!.Value;
            BigInteger k = BigInteger.One << i;
            Assert.AreEqual(Text(power), PublicKey(k), $"2^{i}");
            Assert.AreEqual(Text(Reference.Add(power, Reference.G)!.Value), PublicKey(k + 1), $"2^{i} + 1");
            Assert.AreEqual(Text(Reference.Add(power, minusG)!.Value), PublicKey(k - 1), $"2^{i} - 1");
        }
    }

    [TestMethod]
    public void Edges_agree_with_the_school_method()
    {
        foreach (BigInteger k in Numbers.Edges(Reference.N).Where((k, i) => !k.IsZero && i % 7 == 0))
        {
            Assert.AreEqual(Text(Reference.Multiply(k)), PublicKey(k), $"{k:X}");
        }
    }

    [TestMethod]
    public void Thousands_of_keys_agree_with_the_framework() => Properties.Check(4000, Properties.Below(Reference.N - 1), number =>
    {
        byte[] key = Reference.ToBytes(number + 1);
        using ECDsa ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = key });
        ECPoint q = ecdsa.ExportParameters(false).Q;
        CollectionAssert.AreEqual((byte[])[4, .. q.X!, .. q.Y!], EcdsaP256.GetPublicKey(key));
    });

    // 2 (a G + b G) + b G, and its affine form, by the engine and by the book: a point whose ZZ is 1, and one whose is not.
    [TestMethod]
    public void Sums_and_doubles_agree_with_the_school_method() => Properties.Check(
        100,
        Gen.Two(Gen.Choose(1, 1000)).Where(pair => pair.Item1 != pair.Item2),
        pair =>
        {
            (BigInteger X, BigInteger Y) a = Reference.Multiply(pair.Item1), b = Reference.Multiply(pair.Item2);
            CurvePoint.Scratch scratch = new();
            CurvePoint point = new();
            point.Set(Element(a.X), Element(a.Y));
            point.Add(Element(b.X), Element(b.Y), scratch);
            point.Double(scratch);
            point.Add(Element(b.X), Element(b.Y), scratch);

            (BigInteger X, BigInteger Y)? sum = Reference.Add(a, b);
            sum = Reference.Add(Reference.Add(sum, sum), b);
            Assert.AreEqual(Text(sum!.Value), "04" + Convert.ToHexString(CurvePoint.ToAffine([point], 0)[0]));
        });

    [TestMethod]
    public void Several_keys_at_once_are_those_keys_one_by_one()
    {
        byte[][] keys = [.. Enumerable.Range(1, 5).Select(i => Reference.ToBytes(BigInteger.Pow(7, 13 * i)))];

        byte[][] together = EcdsaP256.GetPublicKeys(keys);

        for (int i = 0; i < keys.Length; i++)
        {
            CollectionAssert.AreEqual(EcdsaP256.GetPublicKey(keys[i]), together[i]);
        }
    }

    [TestMethod]
    public void The_table_holds_the_points_that_its_remarks_say()
    {
        ulong[] table = GeneratorTable.Create();
        Assert.HasCount(GeneratorTable.Blocks * GeneratorTable.PointsPerBlock * GeneratorTable.WordsPerPoint, table);
        for (int block = 0; block < GeneratorTable.Blocks; block++)
        {
            for (int i = 0; i < GeneratorTable.PointsPerBlock; i++)
            {
                (BigInteger x, BigInteger y) = Reference.Multiply(Column(15 * block, i | 1 << (Teeth - 1)));
                int at = (block * GeneratorTable.PointsPerBlock + i) * GeneratorTable.WordsPerPoint;
                Assert.AreEqual(x * Reference.R % Reference.P, Words(table, at));
                Assert.AreEqual(y * Reference.R % Reference.P, Words(table, at + 4));
            }
        }
    }

    // The last step of the argument in the remarks of MultiplyBase.
    [TestMethod]
    public void No_odd_number_makes_the_last_addition_a_doubling()
    {
        int looked = 0;
        for (int signs = 0; signs < 1 << Teeth; signs++)
        {
            BigInteger k = Reference.N + 2 * Column(0, signs);
            if (k > 0 && k < Reference.N && !k.IsEven)
            {
                looked++;
                Assert.AreNotEqual(signs, SignsOfColumn(k, 0), $"{k:X}");
            }
        }

        Assert.AreEqual(32, looked);
    }

    // Where the columns are as adverse as that argument considers: next to n, and next to n less twice a column.
    [TestMethod]
    public void Numbers_next_to_the_ones_in_question_agree_with_the_school_method()
    {
        for (int signs = 0; signs < 1 << (Teeth - 1); signs++)
        {
            foreach (int column in new[] { 0, 15, 30 })
            {
                BigInteger k = Reference.Mod(Reference.N + 2 * Column(column, signs), Reference.N);
                Assert.AreEqual(Text(Reference.Multiply(k)), PublicKey(k), $"{k:X}");
            }
        }
    }

    // The number that a column adds: plus or minus 2^(column + 43 i) for each tooth i.
    private static BigInteger Column(int column, int signs)
    {
        BigInteger sum = 0;
        for (int tooth = 0; tooth < Teeth; tooth++)
        {
            BigInteger power = BigInteger.One << (column + Spacing * tooth);
            sum += (signs >> tooth & 1) != 0 ? power : -power;
        }

        return sum;
    }

    private static int SignsOfColumn(BigInteger k, int column)
    {
        int signs = 0;
        for (int tooth = 0; tooth < Teeth; tooth++)
        {
            int digit = column + Spacing * tooth;
            signs |= digit == 257 || !(k >> (digit + 1)).IsEven ? 1 << tooth : 0;
        }

        return signs;
    }

    private static FieldElement Element(BigInteger value)
    {
        FieldElement element = new();
        element.Load(Reference.ToLimbs(value * Reference.R % Reference.P));
        return element;
    }

    private static BigInteger Words(ulong[] table, int at) =>
        table[at] + ((BigInteger)table[at + 1] << 64) + ((BigInteger)table[at + 2] << 128) + ((BigInteger)table[at + 3] << 192);

    private static string PublicKey(BigInteger k) => Convert.ToHexString(EcdsaP256.GetPublicKey(Reference.ToBytes(k)));

    private static string Text((BigInteger X, BigInteger Y) point) =>
        "04" + Convert.ToHexString(Reference.ToBytes(point.X)) + Convert.ToHexString(Reference.ToBytes(point.Y));
}
