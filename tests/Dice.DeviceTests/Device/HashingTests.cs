using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;
using nanoFramework.TestFramework;

namespace DevKit.Dice.DeviceTests.Device
{
    [TestClass]
    public class HashingTests
    {
        // FIPS 180-4's examples and the empty message.
        [TestMethod]
        public void Sha256_of_known_messages_is_the_published_digest()
        {
            Assert.AreEqual("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hash(""));
            Assert.AreEqual("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Hash("abc"));
            Assert.AreEqual(
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
                Hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
        }

        [TestMethod]
        public void Sha256_of_a_message_of_many_blocks_is_the_known_digest()
        {
            Assert.AreEqual(
                "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3",
                Hex.Encode(Sha256.Hash(TestBytes.Repeat((byte)'a', 1000))));
        }

        // RFC 4231, 4.2, 4.3 and 4.7.
        [TestMethod]
        public void Hmac_examples_of_RFC_4231_hold()
        {
            Assert.AreEqual(
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
                Hex.Encode(HmacSha256.Compute(TestBytes.Repeat(0x0B, 20), TestBytes.FromAscii("Hi There"))));
            Assert.AreEqual(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                Hex.Encode(HmacSha256.Compute(TestBytes.FromAscii("Jefe"), TestBytes.FromAscii("what do ya want for nothing?"))));
            Assert.AreEqual(
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
                Hex.Encode(HmacSha256.Compute(
                    TestBytes.Repeat(0xAA, 131), TestBytes.FromAscii("Test Using Larger Than Block-Size Key - Hash Key First"))));
        }

        // RFC 5869, A.1 and A.3.
        [TestMethod]
        public void Hkdf_examples_of_RFC_5869_hold()
        {
            byte[] keyMaterial = TestBytes.Repeat(0x0B, 22);
            Assert.AreEqual(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
                Hex.Encode(Hkdf.DeriveKey(
                    keyMaterial, TestBytes.FromHex("000102030405060708090a0b0c"), TestBytes.FromHex("f0f1f2f3f4f5f6f7f8f9"), 42)));
            Assert.AreEqual(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
                Hex.Encode(Hkdf.DeriveKey(keyMaterial, null, TestBytes.Repeat(0, 0), 42)));
        }

        private static string Hash(string message)
        {
            return Hex.Encode(Sha256.Hash(TestBytes.FromAscii(message)));
        }
    }
}
