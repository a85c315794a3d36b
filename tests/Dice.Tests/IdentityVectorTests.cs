using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests;

[TestClass]
public sealed class IdentityVectorTests
{
    private static readonly IdentityVector[] Vectors = IdentityVector.Load();

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    public void Derivation_gives_the_worked_example_to_the_byte(int index)
    {
        IdentityVector vector = Vectors[index];

        DiceCredential credential = vector.Derive();

        Assert.AreEqual(vector.RegistrationId, credential.RegistrationId);
        AssertBytes(vector.ImageSha256, credential.Fwid);
        AssertBytes(vector.DeviceIdPublic, credential.DeviceIdPublicKey);
        AssertBytes(vector.AliasPublic, credential.AliasPublicKey);
        AssertBytes(vector.AliasCertificate, credential.AliasCertificate);
        AssertBytes(vector.DeviceIdCertificate, DiceEngine.CreateDeviceIdCertificate(vector.UdsBytes));
        AssertBytes(vector.DeviceIdRequest, DiceEngine.CreateDeviceIdRequest(vector.UdsBytes));
        AssertBytes(vector.AliasRequest, credential.CreateAliasRequest());
        AssertBytes(vector.AliasPrivateKeyDer, credential.AliasPrivateKey);
    }

    [TestMethod]
    public void Every_example_was_there_to_be_compared() => Assert.HasCount(3, Vectors);

    [TestMethod]
    public void Same_inputs_give_the_same_credential_again()
    {
        DiceCredential first = Vectors[0].Derive(), second = Vectors[0].Derive();

        CollectionAssert.AreEqual(first.AliasCertificate, second.AliasCertificate);
        CollectionAssert.AreEqual(first.AliasPrivateKey, second.AliasPrivateKey);
    }

    [TestMethod]
    public void Another_image_gives_another_alias_key_and_the_same_DeviceID()
    {
        IdentityVector vector = Vectors[0];
        byte[] image = vector.ImageBytes;
        image[^1] ^= 1;

        DiceCredential one = vector.Derive(), other = DiceEngine.Derive(vector.UdsBytes, image, vector.RegistrationId);

        CollectionAssert.AreEqual(one.DeviceIdPublicKey, other.DeviceIdPublicKey);
        CollectionAssert.AreNotEqual(one.AliasPublicKey, other.AliasPublicKey);
    }

    [TestMethod]
    public void Another_secret_gives_another_DeviceID_and_alias_key()
    {
        DiceCredential one = Vectors[0].Derive();
        byte[] uds = Vectors[0].UdsBytes;
        uds[0] ^= 0x80;

        DiceCredential other = DiceEngine.Derive(uds, Vectors[0].ImageBytes, Vectors[0].RegistrationId);

        CollectionAssert.AreNotEqual(one.DeviceIdPublicKey, other.DeviceIdPublicKey);
        CollectionAssert.AreNotEqual(one.AliasPublicKey, other.AliasPublicKey);
    }

    private static void AssertBytes(string expected, byte[] actual) => Assert.AreEqual(expected, Convert.ToHexStringLower(actual));
}
