using DevKit.Dice.Curve;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;
using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests;

// The whole public surface: what is null, of a wrong length or out of range is refused by the parameter's name.
[TestClass]
public sealed class ArgumentTests
{
    private static readonly byte[] Zeros = new byte[32];
    private static readonly byte[] Ones = [.. Enumerable.Repeat((byte)0xFF, 32)];

    [TestMethod]
    public void Derive_names_what_it_refuses()
    {
        AssertNull("uds", () => DiceEngine.Derive(null, [1], "a"));
        AssertNull("image", () => DiceEngine.Derive(Samples.Uds, null, "a"));
        AssertNull("registrationId", () => DiceEngine.Derive(Samples.Uds, [1], null));
        AssertBad("uds", () => DiceEngine.Derive([], [1], "a"));
        AssertBad("uds", () => DiceEngine.Derive(new byte[31], [1], "a"));
        AssertBad("uds", () => DiceEngine.Derive(new byte[33], [1], "a"));
        AssertBad("uds", () => DiceEngine.Derive(Zeros, [1], "a"));
        AssertBad("uds", () => DiceEngine.Derive(Ones, [1], "a"));
        AssertBad("image", () => DiceEngine.Derive(Samples.Uds, [], "a"));
        AssertBad("registrationId", () => DiceEngine.Derive(Samples.Uds, [1], ""));
        AssertBad("registrationId", () => DiceEngine.Derive(Samples.Uds, [1], "A"));
        AssertBad("registrationId", () => DiceEngine.Derive(Samples.Uds, [1], "a."));
        AssertBad("registrationId", () => DiceEngine.Derive(Samples.Uds, [1], new string('a', 129)));
    }

    [TestMethod]
    public void What_the_DeviceID_says_of_itself_names_what_it_refuses()
    {
        foreach (Func<byte[]?, byte[]> create in new Func<byte[]?, byte[]>[]
        {
            DiceEngine.CreateDeviceIdCertificate, DiceEngine.CreateDeviceIdRequest,
        })
        {
            AssertNull("uds", () => create(null));
            AssertBad("uds", () => create(new byte[31]));
            AssertBad("uds", () => create(Zeros));
            AssertBad("uds", () => create(Ones));
        }
    }

    [TestMethod]
    public void A_refused_derivation_leaves_the_secret_as_it_was()
    {
        byte[] uds = Samples.Uds;
        AssertBad("registrationId", () => DiceEngine.Derive(uds, [1], "A"));
        CollectionAssert.AreEqual(Samples.Uds, uds);
    }

    [TestMethod]
    public void Signing_names_what_it_refuses()
    {
        byte[] order = Reference.ToBytes(Reference.N), digest = new byte[32];
        AssertNull("privateKey", () => EcdsaP256.GetPublicKey(null));
        AssertNull("privateKey", () => EcdsaP256.Sign(null, digest));
        AssertNull("digest", () => EcdsaP256.Sign(Samples.Uds, null));
        foreach (byte[] key in new[] { [], new byte[31], new byte[33], Zeros, Ones, order, Reference.ToBytes(Reference.N + 1) })
        {
            AssertBad("privateKey", () => EcdsaP256.GetPublicKey(key));
            AssertBad("privateKey", () => EcdsaP256.Sign(key, digest));
        }

        AssertBad("digest", () => EcdsaP256.Sign(Samples.Uds, new byte[31]));
        AssertBad("digest", () => EcdsaP256.Sign(Samples.Uds, new byte[33]));
    }

    [TestMethod]
    public void Hashing_names_what_it_refuses()
    {
        AssertNull("data", () => Sha256.Hash(null));
        AssertNull("key", () => HmacSha256.Compute(null, []));
        AssertNull("message", () => HmacSha256.Compute([], null));
        AssertNull("keyMaterial", () => Hkdf.DeriveKey(null, null, [], 1));
        AssertNull("info", () => Hkdf.DeriveKey([], null, null, 1));
        AssertBad("length", () => Hkdf.DeriveKey([], null, [], 0));
        AssertBad("length", () => Hkdf.DeriveKey([], null, [], 8161));
    }

    [TestMethod]
    public void Encodings_name_what_they_refuse()
    {
        AssertNull("bytes", () => Hex.Encode(null));
        AssertNull("bytes", () => Hex.Encode(null, 0, 0));
        AssertRange((bytes, offset, count) => Hex.Encode(bytes, offset, count));
        AssertNull("bytes", () => Hex.EncodeToBytes(null));
        AssertNull("text", () => Base64.IsValid(null));
        AssertNull("text", () => Base64.Decode(null, 0, 0));
        AssertRange((bytes, offset, count) => Base64.Decode(bytes, offset, count));
        AssertNull("label", () => Pem.Encode(null, []));
        AssertNull("der", () => Pem.Encode("X", null));
        AssertNull("label", () => Pem.Decode(null, [], 0, out _));
        AssertNull("text", () => Pem.Decode("X", null, 0, out _));
        AssertBad("start", () => Pem.Decode("X", new byte[3], 4, out _));
        AssertBad("start", () => Pem.Decode("X", new byte[3], -1, out _));
    }

    [TestMethod]
    public void Inputs_name_what_they_refuse()
    {
        AssertNull("hexText", () => Uds.Parse(null, out _));
        AssertNull("mac", () => RegistrationId.FromMac(null, "1.0.0"));
        AssertBad("mac", () => RegistrationId.FromMac(new byte[5], "1.0.0"));
        AssertBad("mac", () => RegistrationId.FromMac(new byte[7], "1.0.0"));
        AssertNull("firmwareVersion", () => RegistrationId.FromMac(new byte[6], null));
        DiceCredential credential = DiceEngine.Derive(Samples.Uds, [1], "a");
        AssertNull("der", () => credential.TryAttachOwnerCertificate(null, out _));
        AssertNull("chain", () => credential.FindOperationalCertificateProblem(null));
        AssertNull("chain", () => credential.FindOperationalCertificateProblem([null]));
    }

    private static void AssertRange(Action<byte[], int, int> action)
    {
        AssertBad("offset", () => action(new byte[10], -1, 1));
        AssertBad("offset", () => action(new byte[10], 11, 0));
        AssertBad("offset", () => action(new byte[10], int.MaxValue, 1));
        AssertBad("count", () => action(new byte[10], 0, -1));
        AssertBad("count", () => action(new byte[10], 0, 11));
        AssertBad("count", () => action(new byte[10], 5, int.MaxValue));
    }

    private static void AssertNull(string name, Action action) =>
        Assert.AreEqual(name, Assert.ThrowsExactly<ArgumentNullException>(action).ParamName);

    private static void AssertBad(string name, Action action) =>
        Assert.AreEqual(name, Assert.ThrowsExactly<ArgumentException>(action).ParamName);
}
