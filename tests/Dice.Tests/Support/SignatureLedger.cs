using System.Collections.Concurrent;
using DevKit.Dice.Curve;

namespace DevKit.Dice.Tests.Support;

/// <summary>Every signature that these tests make, by its r: two of one r would give the private key away.</summary>
internal static class SignatureLedger
{
    private static readonly ConcurrentDictionary<string, string> SignedByR = new();

    internal static int Count => SignedByR.Count;

    /// <summary>Signs, and fails if r was seen on anything but the same key and digest.</summary>
    internal static byte[] Sign(byte[] privateKey, byte[] digest)
    {
        byte[] signature = EcdsaP256.Sign(privateKey, digest);
        Enter(signature.AsSpan(0, 32), Convert.ToHexString(privateKey) + Convert.ToHexString(digest));
        return signature;
    }

    /// <summary>Notes an r and what was signed with it.</summary>
    internal static void Enter(ReadOnlySpan<byte> r, string what) =>
        Assert.AreEqual(what, SignedByR.GetOrAdd(Convert.ToHexString(r), what), "Two signatures share r.");
}
