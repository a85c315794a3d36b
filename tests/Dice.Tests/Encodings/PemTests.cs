using System.Security.Cryptography;
using System.Text;
using DevKit.Dice.Encodings;
using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests.Encodings;

[TestClass]
public sealed class PemTests
{
    [TestMethod]
    public void Every_length_is_encoded_as_the_framework_does_and_decoded_again()
    {
        for (int length = 1; length < 300; length++)
        {
            Properties.Check(3, Properties.Bytes(length), der =>
            {
                string pem = Pem.Encode("CERTIFICATE", der);

                Assert.AreEqual(new string(PemEncoding.Write("CERTIFICATE", der)) + "\n", pem);
                byte[] text = Encoding.ASCII.GetBytes(pem);
                CollectionAssert.AreEqual(der, Pem.Decode("CERTIFICATE", text, 0, out int end));
                Assert.HasCount(end, text);
            });
        }
    }

    [TestMethod]
    public void Nothing_encoded_is_a_block_of_no_lines() =>
        Assert.AreEqual("-----BEGIN X-----\n-----END X-----\n", Pem.Encode("X", []));

    [TestMethod]
    public void Any_body_is_decoded_as_the_framework_does() => Properties.Check(
        50_000,
        Properties.Text("AQID+/= \n\r\t-?\0", 40),
        body =>
        {
            byte[] text = Encoding.ASCII.GetBytes("-----BEGIN X-----" + body + "-----END X-----\n");

            byte[]? der = Pem.Decode("X", text, 0, out int end);

            Assert.AreEqual(der is null ? 0 : text.Length, end);
            if (der is not null)
            {
                CollectionAssert.AreEqual(Convert.FromBase64String(body), der);
            }
        });

    [TestMethod]
    public void Blocks_are_found_one_after_another_among_other_text()
    {
        byte[] text = Encoding.ASCII.GetBytes(
            "some words\r\n" + Pem.Encode("CERTIFICATE", [1]) + "between\n" + Pem.Encode("EC PRIVATE KEY", [2])
            + Pem.Encode("CERTIFICATE", [3]));

        CollectionAssert.AreEqual(new byte[] { 1 }, Pem.Decode("CERTIFICATE", text, 0, out int end));
        CollectionAssert.AreEqual(new byte[] { 3 }, Pem.Decode("CERTIFICATE", text, end, out end));
        Assert.IsNull(Pem.Decode("CERTIFICATE", text, end, out int none));
        Assert.AreEqual(end, none);
    }

    [TestMethod]
    public void Other_line_ends_and_lengths_are_accepted()
    {
        byte[] der = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
        string base64 = Convert.ToBase64String(der);
        foreach (string body in new[] { base64, base64.Insert(10, "\r\n").Insert(50, "\r\n"), " \t" + base64.Insert(7, "\n") + " " })
        {
            byte[] text = Encoding.ASCII.GetBytes("-----BEGIN X-----\r\n" + body + "\r\n-----END X-----\r\nrest");
            CollectionAssert.AreEqual(der, Pem.Decode("X", text, 0, out int end));
            Assert.AreEqual("rest", Encoding.ASCII.GetString(text, end, text.Length - end));
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("-----BEGIN X-----\nAQ==\n")]
    [DataRow("AQ==\n-----END X-----\n")]
    [DataRow("-----BEGIN Y-----\nAQ==\n-----END Y-----\n")]
    [DataRow("-----BEGIN X-----\n-----END X-----\n")]
    [DataRow("-----BEGIN X-----\nAQ=\n-----END X-----\n")]
    [DataRow("-----BEGIN X-----\nA===\n-----END X-----\n")]
    [DataRow("-----BEGIN X-----\n====\n-----END X-----\n")]
    [DataRow("-----BEGIN X-----\nAQ==AQ==\n-----END X-----\n")]
    [DataRow("-----BEGIN X-----\nA=Q=\n-----END X-----\n")]
    [DataRow("-----BEGIN X-----\nAQ?=\n-----END X-----\n")]
    [DataRow("-----BEGIN X-----\nAQI=AQ\n-----END X-----\n")]
    public void What_is_not_a_whole_valid_block_is_none(string text)
    {
        Assert.IsNull(Pem.Decode("X", Encoding.ASCII.GetBytes(text), 0, out int end));
        Assert.AreEqual(0, end);
    }

    [TestMethod]
    public void A_NUL_ends_the_text() =>
        Assert.IsNull(Pem.Decode("X", Encoding.ASCII.GetBytes("\0" + Pem.Encode("X", [1])), 0, out _));
}
