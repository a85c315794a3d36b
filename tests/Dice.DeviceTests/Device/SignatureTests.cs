using System;
using DevKit.Dice.Curve;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;
using nanoFramework.TestFramework;

namespace DevKit.Dice.DeviceTests.Device
{
    [TestClass]
    public class SignatureTests
    {
        // RFC 6979, A.2.5.
        private const string Key = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";

        [TestMethod]
        public void The_signatures_of_RFC_6979_hold()
        {
            Assert.AreEqual(
                "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
                Sign("sample"));
            Assert.AreEqual(
                "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
                + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
                Sign("test"));
        }

        [TestMethod]
        public void Public_keys_of_1_2_and_the_order_less_1_are_known_points()
        {
            const string X = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
            Assert.AreEqual(
                "04" + X + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
                PublicKey("0000000000000000000000000000000000000000000000000000000000000001"));
            Assert.AreEqual(
                "04" + X + "b01cbd1c01e58065711814b583f061e9d431cca994cea1313449bf97c840ae0a",
                PublicKey("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550"));
            Assert.AreEqual(
                "047cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978"
                + "07775510db8ed040293d9ac69f7430dbba7dade63ce982299e04b79d227873d1",
                PublicKey("0000000000000000000000000000000000000000000000000000000000000002"));
        }

        [TestMethod]
        public void Private_keys_of_0_and_of_the_order_are_refused()
        {
            Assert.ThrowsException(typeof(ArgumentException), () => EcdsaP256.GetPublicKey(new byte[32]));
            Assert.ThrowsException(
                typeof(ArgumentException),
                () => EcdsaP256.GetPublicKey(TestBytes.FromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")));
        }

        private static string Sign(string message)
        {
            return Hex.Encode(EcdsaP256.Sign(TestBytes.FromHex(Key), Sha256.Hash(TestBytes.FromAscii(message))));
        }

        private static string PublicKey(string key)
        {
            return Hex.Encode(EcdsaP256.GetPublicKey(TestBytes.FromHex(key)));
        }
    }
}
