using DevKit.Dice.Encodings;

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
    }
}
