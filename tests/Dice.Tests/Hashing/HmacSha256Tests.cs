using System.Security.Cryptography;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;
using DevKit.Dice.Tests.Support;
using FsCheck.Fluent;

namespace DevKit.Dice.Tests.Hashing;

[TestClass]
public sealed class HmacSha256Tests
{
    // RFC 4231, 4.2 to 4.8 (4.6 truncates the code).
    [TestMethod]
    [DataRow(
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
    [DataRow(
        "4a656665",
        "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [DataRow("aa*20", "dd*50", "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe")]
    [DataRow(
        "0102030405060708090a0b0c0d0e0f10111213141516171819", "cd*50", "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b")]
    [DataRow("0c*20", "546573742057697468205472756e636174696f6e", "a3b6167473100ee06e0c796c2955552b")]
    [DataRow(
        "aa*131",
        "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")]
    [DataRow(
        "aa*131",
        "5468697320697320612074657374207573696e672061206c6172676572207468"
        + "616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
        + "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565"
        + "647320746f20626520686173686564206265666f7265206265696e6720757365"
        + "642062792074686520484d414320616c676f726974686d2e",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2")]
    public void RFC_4231_examples_hold(string key, string message, string code) =>
        Assert.StartsWith(code, Hex.Encode(HmacSha256.Compute(Parse(key), Parse(message))));

    [TestMethod]
    public void Keys_and_messages_of_any_length_agree_with_the_framework() => Properties.Check(
        3000,
        Gen.Zip(Properties.Bytes(0, 140), Properties.Bytes(0, 300)),
        input =>
        {
            (byte[] key, byte[] message) = input;
            CollectionAssert.AreEqual(HMACSHA256.HashData(key, message), HmacSha256.Compute(key, message));
        });

    [TestMethod]
    public void A_second_message_and_a_second_key_start_afresh()
    {
        byte[] one = [1], two = [2], code = new byte[32];
        HmacSha256 hmac = new();
        hmac.SetKey(one);
        hmac.Update(two);
        hmac.Finish(code);
        hmac.Update(one);
        hmac.Finish(code);
        CollectionAssert.AreEqual(HMACSHA256.HashData(one, one), code);

        hmac.Update(two);
        hmac.SetKey(two);
        hmac.Update(one);
        hmac.Finish(code);
        CollectionAssert.AreEqual(HMACSHA256.HashData(two, one), code);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(32)]
    [DataRow(64)]
    public void The_key_of_zeros_is_that_key_worked_out_ahead(int length)
    {
        byte[] message = [1, 2, 3], code = new byte[32];
        HmacSha256 hmac = new();
        hmac.Update(message);
        hmac.Finish(code);

        CollectionAssert.AreEqual(HMACSHA256.HashData(new byte[length], message), code);
    }

    private static byte[] Parse(string text)
    {
        string[] parts = text.Split('*');
        byte[] bytes = Convert.FromHexString(parts[0]);
        return parts.Length == 1 ? bytes : [.. Enumerable.Repeat(bytes[0], int.Parse(parts[1], null))];
    }
}
