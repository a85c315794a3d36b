using System.Formats.Asn1;
using DevKit.Dice.Encodings;
using DevKit.Dice.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace DevKit.Dice.Tests.Encodings;

[TestClass]
public sealed class DerReaderTests
{
    private static readonly DiceCredential Credential = DiceEngine.Derive(Samples.Uds, Samples.Image, Samples.RegistrationId);

    // A tag of one byte, as X.509's are, and a length that may or may not be a good one.
    private static readonly Gen<byte[]> Element =
        from tag in Gen.Elements<byte>(0x02, 0x03, 0x04, 0x06, 0x0C, 0x30, 0x31, 0xA0, 0xA3)
        from length in Gen.OneOf(
            Gen.Choose(0, 255).Select(n => new[] { (byte)n }),
            Gen.Choose(0, 255).Select(n => new byte[] { 0x81, (byte)n }),
            Gen.Choose(0, 600).Select(n => new byte[] { 0x82, (byte)(n >> 8), (byte)n }))
        from content in Properties.Bytes(0, 600)
        select (byte[])[tag, .. length, .. content];

    [TestMethod]
    public void An_element_is_found_where_the_framework_finds_it() => Properties.Check(
        50_000,
        Gen.OneOf(Element, Properties.Damaged(Credential.AliasCertificate)).Where(bytes => bytes is [] || !HasLongTag(bytes[0])),
        bytes =>
        {
            DerReader reader = new(bytes, 0, bytes.Length);
            bool found = reader.Next();

            Assert.AreEqual(FrameworkFinds(bytes, out int content, out int end), found);
            if (found)
            {
                Assert.AreEqual(bytes[0], reader.Tag);
                Assert.AreEqual((0, content, end), (reader.Start, reader.Content, reader.End));
                Assert.AreEqual(end == bytes.Length, reader.AtEnd);
            }
        });

    [TestMethod]
    public void A_walk_through_damaged_bytes_stays_within_them() => Properties.Check(
        20_000,
        Properties.Damaged(Credential.AliasCertificate),
        bytes => Walk(new DerReader([7, .. bytes, 7], 1, bytes.Length + 1), 1, bytes.Length + 1));

    [TestMethod]
    public void What_the_writer_writes_is_what_the_framework_writes() => Properties.Check(
        1000,
        Gen.Zip(Gen.Frequency((19, Properties.Bytes(1, 300)), (1, Properties.Bytes(65_000, 65_400))), Properties.Bytes(1, 40)),
        input =>
        {
            (byte[] octets, byte[] number) = input;
            DerWriter ours = new(octets.Length + number.Length + 20);
            int sequence = ours.Open(DerWriter.Sequence);
            ours.WriteInteger(number, 0, number.Length);
            int content = ours.Open(DerWriter.OctetString);
            ours.Write(octets);
            ours.Close(content);
            ours.Close(sequence);

            AsnWriter theirs = new(AsnEncodingRules.DER);
            using (theirs.PushSequence())
            {
                theirs.WriteInteger(new System.Numerics.BigInteger(number, isUnsigned: true, isBigEndian: true));
                theirs.WriteOctetString(octets);
            }

            CollectionAssert.AreEqual(theirs.Encode(), ours.ToArray());
        });

    // X.690, 8.1.2.4: numbers from 31 on, of which X.509 has none.
    private static bool HasLongTag(byte tag) => (tag & 0x1F) == 0x1F;

    private static void Walk(DerReader reader, int start, int end)
    {
        while (reader.Next())
        {
            Assert.IsTrue(start <= reader.Start && reader.Start < reader.Content && reader.Content <= reader.End && reader.End <= end);
            start = reader.End;
            Walk(reader.Enter(), reader.Content, reader.End);
        }
    }

    private static bool FrameworkFinds(byte[] bytes, out int content, out int end)
    {
        try
        {
            AsnDecoder.ReadEncodedValue(bytes, AsnEncodingRules.DER, out content, out _, out end);
            return true;
        }
        catch (AsnContentException)
        {
            content = end = 0;
            return false;
        }
    }
}
