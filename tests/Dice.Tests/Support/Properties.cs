using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace DevKit.Dice.Tests.Support;

/// <summary>
/// Properties that hold for whatever is generated, and generators of what the engine is given. Every run has the same values.
/// </summary>
internal static class Properties
{
    // Any seed will do; the second number has to be odd. A failure prints the value that it failed on.
    private static readonly Replay Seed = new(new Rnd(0x9E3779B97F4A7C15, 0xD1B54A32D192ED03), FSharpOption<int>.None);

    private static readonly Gen<int> Word = Gen.Choose(int.MinValue, int.MaxValue);

    /// <summary>Checks a property of some generated values; it holds if it throws nothing.</summary>
    internal static void Check<T>(int count, Gen<T> values, Action<T> property) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(Seed)),
            Prop.ForAll(values.ToArbitrary(), property));

    /// <summary>So many bytes.</summary>
    internal static Gen<byte[]> Bytes(int length) =>
        Gen.ArrayOf(Word, (length + 3) / 4).Select(words => words.SelectMany(BitConverter.GetBytes).Take(length).ToArray());

    /// <summary>From so many to so many bytes.</summary>
    internal static Gen<byte[]> Bytes(int shortest, int longest) => Gen.Choose(shortest, longest).SelectMany(Bytes);

    /// <summary>Text of up to so many characters from an alphabet.</summary>
    internal static Gen<string> Text(string alphabet, int longest) =>
        Gen.Choose(0, longest).SelectMany(length => Gen.ArrayOf(Gen.Elements(alphabet.ToCharArray()), length)).Select(c => new string(c));

    /// <summary>A number below a modulus: an edge one time in four.</summary>
    internal static Gen<BigInteger> Below(BigInteger modulus) =>
        Gen.Frequency(
            (1, Gen.Elements(Numbers.Edges(modulus))),
            (3, Bytes(40).Select(bytes => Reference.Mod(Reference.FromBytes(bytes), modulus))));

    /// <summary>Bytes of which up to three were changed, and which break off early one time in four.</summary>
    internal static Gen<byte[]> Damaged(byte[] whole) =>
        from changes in Gen.Choose(1, 3)
        from positions in Gen.ArrayOf(Gen.Choose(0, whole.Length - 1), changes)
        from values in Bytes(changes)
        from length in Gen.Frequency((1, Gen.Choose(0, whole.Length - 1)), (3, Gen.Constant(whole.Length)))
        select Damage(whole, positions, values)[..length];

    private static byte[] Damage(byte[] whole, int[] positions, byte[] values)
    {
        byte[] damaged = [.. whole];
        for (int i = 0; i < positions.Length; i++)
        {
            damaged[positions[i]] = values[i];
        }

        return damaged;
    }
}
