using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using DevKit.Dice.Curve;
using DevKit.Dice.Tests.Support;
using FsCheck.Fluent;

namespace DevKit.Dice.Tests.Curve;

[TestClass]
public sealed class EcdsaP256Tests
{
    // RFC 6979, A.2.5.
    private const string Key = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";

    [TestMethod]
    public void The_public_key_of_RFC_6979_holds() =>
        Assert.AreEqual(
            "04"
            + "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
            + "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299",
            Convert.ToHexString(EcdsaP256.GetPublicKey(Convert.FromHexString(Key))));

    [TestMethod]
    [DataRow(
        "sample",
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8")]
    [DataRow(
        "test",
        "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
        "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083")]
    public void The_signatures_of_RFC_6979_hold(string message, string r, string s) =>
        Assert.AreEqual(r + s, Convert.ToHexString(SignatureLedger.Sign(Convert.FromHexString(Key), Digest(message))));

    [TestMethod]
    [DataRow("sample", "A6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60")]
    [DataRow("test", "D16B6AE827F17175E040871A1C7EC3500192C4C92677336EC2537ACAEE0008E0")]
    public void The_nonces_of_RFC_6979_hold(string message, string nonce)
    {
        long[] limbs = new long[9];
        NonceGenerator.Generate(limbs, Convert.FromHexString(Key), Digest(message), 0);

        Assert.AreEqual(Reference.FromHex(nonce), Reference.FromLimbs(limbs));
    }

    // RFC 6979, 3.2, h: K and V go on from one candidate to the next. No message is known for which P-256 needs the second, so it is
    // worked out here by the framework's HMAC.
    [TestMethod]
    public void A_candidate_that_is_passed_over_is_followed_by_the_RFCs_next_one()
    {
        byte[] x = Convert.FromHexString(Key), h = Digest("sample");
        byte[] k = new byte[32], v = [.. Enumerable.Repeat((byte)1, 32)];
        void Update(byte[] rest)
        {
            k = HMACSHA256.HashData(k, (byte[])[.. v, .. rest]);
            v = HMACSHA256.HashData(k, v);
        }

        Update([0, .. x, .. h]);
        Update([1, .. x, .. h]);
        for (int skipped = 0; skipped < 4; skipped++)
        {
            v = HMACSHA256.HashData(k, v);
            long[] limbs = new long[9];
            NonceGenerator.Generate(limbs, x, h, skipped);
            Assert.AreEqual(Reference.FromBytes(v), Reference.FromLimbs(limbs));
            Update([0]);
        }
    }

    [TestMethod]
    public void Thousands_of_signatures_verify_by_the_framework() => Properties.Check(
        3000,
        Gen.Zip(Properties.Below(Reference.N - 1), Properties.Bytes(32)),
        input =>
        {
            byte[] key = Reference.ToBytes(input.Item1 + 1), digest = input.Item2;
            using ECDsa ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = key });
            Assert.IsTrue(ecdsa.VerifyHash(digest, SignatureLedger.Sign(key, digest)));
        });

    // A digest is a number below 2^256, and may be n or more: then bits2octets and the equation take it modulo n.
    [TestMethod]
    public void Keys_and_digests_at_the_edges_make_signatures_that_verify()
    {
        BigInteger top = (BigInteger.One << 256) - 1;
        foreach (BigInteger key in new[] { 1, 2, Reference.N / 2, Reference.N - 2, Reference.N - 1 })
        {
            byte[] d = Reference.ToBytes(key);
            using ECDsa ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d });
            foreach (BigInteger digest in new[] { 0, 1, Reference.N - 1, Reference.N, Reference.N + 1, top - 1, top })
            {
                byte[] hash = Reference.ToBytes(digest);
                Assert.IsTrue(ecdsa.VerifyHash(hash, EcdsaP256.Sign(d, hash)), $"{key:X} {digest:X}");
            }
        }
    }

    [TestMethod]
    public void Signing_does_not_change_its_inputs()
    {
        byte[] key = Convert.FromHexString(Key), digest = [.. Enumerable.Repeat((byte)0xFF, 32)];

        EcdsaP256.Sign(key, digest);

        Assert.AreEqual(Key, Convert.ToHexString(key));
        CollectionAssert.AreEqual(Enumerable.Repeat((byte)0xFF, 32).ToArray(), digest);
    }

    private static byte[] Digest(string message) => SHA256.HashData(Encoding.ASCII.GetBytes(message));
}
