using System.Text;
using DevKit.Dice.Encodings;
using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests.Encodings;

[TestClass]
public sealed class Base64Tests
{
    // RFC 4648, 10.
    [TestMethod]
    [DataRow("f", "Zg==")]
    [DataRow("fo", "Zm8=")]
    [DataRow("foo", "Zm9v")]
    [DataRow("foob", "Zm9vYg==")]
    [DataRow("fooba", "Zm9vYmE=")]
    [DataRow("foobar", "Zm9vYmFy")]
    public void The_examples_of_RFC_4648_hold(string text, string base64)
    {
        Assert.IsTrue(Base64.IsValid(base64));
        Assert.AreEqual(text, Encoding.ASCII.GetString(Decode(base64)!));
    }

    [TestMethod]
    public void What_the_framework_encodes_is_valid_and_decoded() => Properties.Check(5000, Properties.Bytes(1, 100), bytes =>
    {
        string base64 = Convert.ToBase64String(bytes);
        Assert.IsTrue(Base64.IsValid(base64));
        CollectionAssert.AreEqual(bytes, Decode(base64));
        CollectionAssert.AreEqual(bytes, Decode(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)));
    });

    // With few other characters in the alphabet, a good part of the texts is valid.
    [TestMethod]
    public void Any_text_is_valid_if_the_framework_decodes_it() => Properties.Check(50_000, Properties.Text("AQI9z+/==-é\0", 12), text =>
        Assert.AreEqual(FrameworkDecodes(text), Base64.IsValid(text)));

    [TestMethod]
    public void Any_text_is_decoded_as_the_framework_does() => Properties.Check(50_000, Properties.Text("AQI9z+/== \t\r\n-\0", 14), text =>
    {
        byte[]? decoded = Decode(text);
        Assert.AreEqual(FrameworkDecodes(text), decoded is not null);
        if (decoded is not null)
        {
            CollectionAssert.AreEqual(Convert.FromBase64String(text), decoded);
        }
    });

    [TestMethod]
    [DataRow("")]
    [DataRow("A")]
    [DataRow("AQ")]
    [DataRow("AQI")]
    [DataRow("AQ=")]
    [DataRow("A===")]
    [DataRow("====")]
    [DataRow("=QID")]
    [DataRow("AQ==AQID")]
    [DataRow("AQID====")]
    [DataRow("A=ID")]
    [DataRow("AQ-_")]
    [DataRow("AQI\u00E9")]
    public void What_is_no_base64_is_refused(string text)
    {
        Assert.IsFalse(Base64.IsValid(text));
        Assert.IsNull(Decode(text));
    }

    // A key in a connection string is one word; a certificate that is pasted has line ends.
    [TestMethod]
    [DataRow("AQ ID")]
    [DataRow("AQID\n")]
    [DataRow("\tAQID")]
    public void Blanks_are_decoded_but_no_valid_word(string text)
    {
        Assert.IsFalse(Base64.IsValid(text));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, Decode(text));
    }

    [TestMethod]
    public void A_part_of_an_array_is_decoded() =>
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, Base64.Decode(Encoding.ASCII.GetBytes("??AQID??"), 2, 4));

    private static byte[]? Decode(string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        return Base64.Decode(bytes, 0, bytes.Length);
    }

    private static bool FrameworkDecodes(string text) =>
        Convert.TryFromBase64String(text, new byte[text.Length + 3], out int written) && written > 0;
}
