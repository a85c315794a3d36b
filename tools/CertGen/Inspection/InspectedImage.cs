using DevKit.CertGen.OneBoard;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;

namespace DevKit.CertGen.Inspection;

/// <summary>What an application image says of itself.</summary>
internal sealed record InspectedImage
{
    /// <summary>The assembly's name; null where the image states none.</summary>
    public required string? Name { get; init; }

    /// <summary>Three numbers; null where the image is unfit.</summary>
    public required string? Version { get; init; }

    /// <summary>Bytes.</summary>
    public required int Length { get; init; }

    /// <summary>The SHA-256 of the whole, 64 hex characters.</summary>
    public required string Fwid { get; init; }

    /// <summary>For a board, or for the virtual board.</summary>
    public required bool IsForBoard { get; init; }

    /// <summary>Why no device will run it; null if nothing is known against it.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether a file begins as an image does.</summary>
    public static bool IsImage(byte[] bytes) => bytes is [(byte)'M', (byte)'Z', ..] || bytes.AsSpan().StartsWith("NFMRK1"u8);

    /// <summary>Reads an image.</summary>
    public static InspectedImage Read(byte[] bytes)
    {
        FirmwareImage image = FirmwareImage.Read(bytes);
        return new InspectedImage
        {
            Name = image.Problem == null ? AssemblyName.Read(bytes) : null,
            Version = image.Version,
            Length = bytes.Length,
            Fwid = Hex.Encode(Sha256.Hash(bytes)),
            IsForBoard = bytes[0] == 'N',
            Problem = image.Problem,
        };
    }

    /// <summary>Writes it in words.</summary>
    public void Describe(TextWriter output)
    {
        output.WriteLine(IsForBoard ? "Application image for a board (.pe)" : "Application image for the virtual board (.dll)");
        output.WriteLine(
            $"  Name: {Name ?? "none"}{(Name is null or AssemblyName.OfApplication ? "" : ", which is not this firmware's application")}");
        output.WriteLine($"  Version: {Version ?? "none"}");
        output.WriteLine($"  Length: {Length} bytes");
        output.WriteLine($"  FWID: {Fwid}");
        if (Problem != null)
        {
            output.WriteLine($"  Problem: {Problem} No device will run it.");
        }
    }
}
