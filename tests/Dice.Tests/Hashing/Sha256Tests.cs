using System.Security.Cryptography;
using System.Text;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;
using DevKit.Dice.Tests.Support;
using FsCheck.Fluent;

namespace DevKit.Dice.Tests.Hashing;

[TestClass]
public sealed class Sha256Tests
{
    // FIPS 180-4's examples, the empty message, and short messages of NIST's CAVP (SHA256ShortMsg).
    [TestMethod]
    [DataRow("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("616263", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [DataRow(
        "6162636462636465636465666465666765666768666768696768696a68696a6b696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f6d6e6f706e6f7071",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    [DataRow("d3", "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1")]
    [DataRow("11af", "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98")]
    [DataRow("b4190e", "dff2e73091f6c05e528896c4c831b9448653dc2ff043528f6769437bc7b975c2")]
    [DataRow("74ba2521", "b16aa56be3880d18cd41e68384cf1ec8c17680c45a02b1575dc1518923ae8b0e")]
    public void Known_messages_have_their_published_digests(string message, string digest) =>
        Assert.AreEqual(digest, Hex.Encode(Sha256.Hash(Convert.FromHexString(message))));

    [TestMethod]
    public void A_million_times_a_has_its_published_digest() =>
        Assert.AreEqual(
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            Hex.Encode(Sha256.Hash(Encoding.ASCII.GetBytes(new string('a', 1_000_000)))));

    [TestMethod]
    public void Every_length_up_to_200_agrees_with_the_framework()
    {
        for (int length = 0; length <= 200; length++)
        {
            Properties.Check(
                20, Properties.Bytes(length), message => CollectionAssert.AreEqual(SHA256.HashData(message), Sha256.Hash(message)));
        }
    }

    [TestMethod]
    public void A_message_in_pieces_has_the_digest_of_the_whole() => Properties.Check(
        500,
        Gen.ListOf(Properties.Bytes(0, 150)),
        pieces =>
        {
            Sha256 sha = new();
            byte[] digest = new byte[32];
            foreach (byte[] piece in pieces)
            {
                byte[] around = [1, .. piece, 2];
                sha.Update(around, 1, piece.Length);
            }

            sha.Finish(digest);

            CollectionAssert.AreEqual(SHA256.HashData([.. pieces.SelectMany(piece => piece)]), digest);
        });

    [TestMethod]
    public void Reset_forgets_what_was_added()
    {
        Sha256 sha = new();
        sha.Update(new byte[100], 0, 100);
        sha.Reset();
        byte[] digest = new byte[32];
        sha.Finish(digest);

        CollectionAssert.AreEqual(SHA256.HashData([]), digest);
    }
}
