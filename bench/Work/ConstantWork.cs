using DevKit.Bench.Weaving;
using DevKit.Dice;
using DevKit.Dice.Curve;
using DevKit.Dice.Hashing;

namespace DevKit.Bench.Work;

/// <summary>Counts the instructions of operations on secrets for many secrets.</summary>
public static class ConstantWork
{
    /// <summary>The distinct counts of a public key, over edges and random keys; called in a woven context.</summary>
    public static long[] OfPublicKeys() => [.. Keys().Select(key => Count(() => EcdsaP256.GetPublicKey(key))).Distinct()];

    /// <summary>The distinct counts of a signature, over edges and random keys and digests; called in a woven context.</summary>
    public static long[] OfSignatures() => [.. Keys().Select(key => Count(() => EcdsaP256.Sign(key, key))).Distinct()];

    /// <summary>The distinct counts of a whole derivation, over random secrets; called in a woven context.</summary>
    /// <remarks>
    /// The certificates' encoding depends on the lengths of r and s, which are public, so the counts may differ by those.
    /// </remarks>
    public static long[] OfDerivations() =>
        [.. Keys().Skip(4).Select(uds => Count(() => DiceEngine.Derive(uds, [1], Samples.RegistrationId))).Distinct()];

    private static long Count(Action action)
    {
        // Once before, for what static constructors execute.
        action();
        Tally.Start(followLife: false);
        action();
        return Tally.Instructions;
    }

    // 1, 2, n - 1, 2^255, and made-up ones.
    private static IEnumerable<byte[]> Keys()
    {
        yield return [.. new byte[31], 1];
        yield return [.. new byte[31], 2];
        yield return Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550");
        yield return [0x80, .. new byte[31]];
        for (byte i = 1; i < 60; i++)
        {
            yield return Sha256.Hash([i]);
        }
    }
}
