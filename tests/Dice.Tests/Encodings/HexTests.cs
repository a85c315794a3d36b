using System.Text;
using DevKit.Dice.Encodings;
using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests.Encodings;

[TestClass]
public sealed class HexTests
{
    [TestMethod]
    public void Every_byte_is_two_lower_case_digits()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        Assert.AreEqual(Convert.ToHexStringLower(all), Hex.Encode(all));
        Assert.AreEqual("0a0b", Hex.Encode(all, 10, 2));
        Assert.AreEqual("", Hex.Encode([]));
        CollectionAssert.AreEqual(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(all)), Hex.EncodeToBytes(all));
        Assert.IsEmpty(Hex.EncodeToBytes([]));
    }

    [TestMethod]
    public void What_is_encoded_is_decoded_by_the_framework() => Properties.Check(1000, Properties.Bytes(0, 100), bytes =>
    {
        CollectionAssert.AreEqual(bytes, Convert.FromHexString(Hex.Encode(bytes)));
        CollectionAssert.AreEqual(bytes, Convert.FromHexString(Encoding.ASCII.GetString(Hex.EncodeToBytes(bytes))));
    });

    [TestMethod]
    public void A_digit_of_either_case_has_its_value_and_nothing_else_has_one()
    {
        for (int c = 0; c < 256; c++)
        {
            Assert.AreEqual(char.IsAsciiHexDigit((char)c) ? Convert.ToInt32($"{(char)c}", 16) : -1, Hex.ValueOf((byte)c), $"0x{c:X2}");
        }
    }
}
