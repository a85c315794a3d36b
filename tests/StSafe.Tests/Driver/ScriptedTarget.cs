using DevKit.Dice.Encodings;
using DevKit.VirtualParts.I2c;
using NanoStandIns;

namespace DevKit.StSafe.Tests.Driver;

/// <summary>A target that plays a recording: it takes the one frame it expects and gives the recorded answer, FF behind it.</summary>
internal sealed class ScriptedTarget(string command, string answer) : II2cTarget
{
    private readonly byte[] _command = Hex(command);
    private readonly byte[] _answer = Hex(answer);

    /// <summary>The answer when more than its head is read; the same one when null.</summary>
    public string? WholeAnswer { get; init; }

    /// <summary>Frames that were written, in hexadecimal.</summary>
    public List<string> Written { get; } = [];

    public I2cOutcome Write(ReadOnlySpan<byte> bytes)
    {
        Written.Add(Convert.ToHexString(bytes));
        return bytes.SequenceEqual(_command) || IsProbe(bytes) ? I2cOutcome.Complete : I2cOutcome.NotAcknowledged;
    }

    public I2cOutcome Read(Span<byte> bytes)
    {
        byte[] answer = IsProbe(Convert.FromHexString(Written[^1])) ? Hex("00 0006 0055AAFF 28DE") : WholeAnswer != null
            && bytes.Length > 5 ? Hex(WholeAnswer) : _answer;
        bytes.Fill(0xFF);
        answer.AsSpan(0, Math.Min(answer.Length, bytes.Length)).CopyTo(bytes);
        return I2cOutcome.Complete;
    }

    // The driver's constructor has the chip echo four bytes.
    private static bool IsProbe(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Hex("00 0055AAFF"));

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
