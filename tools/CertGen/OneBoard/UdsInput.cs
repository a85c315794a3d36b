using System.Text;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.OneBoard;

/// <summary>Reads the Unique Device Secret.</summary>
internal static class UdsInput
{
    /// <summary>The option's value that stands for the standard input.</summary>
    public const string FromInput = "-";

    private const string Question = "DPS Unique Device Secret, 64 hex characters";
    private const string Remedy = "Enter the UDS that the device holds.";

    // A UDS with blanks, a byte order mark and 0x around it is far shorter.
    private const int LongestFile = 1024;

    /// <summary>Asks for the UDS, a person up to three times.</summary>
    /// <param name="terminal">Who is asked.</param>
    /// <param name="allowErased">Whether it may be all 00 or all FF, as the original firmware has it.</param>
    /// <returns>32 bytes, for the caller to wipe.</returns>
    /// <exception cref="CommandException">Nobody is there to be asked, or it is no UDS. The message does not show it.</exception>
    public static byte[] Ask(Terminal terminal, bool allowErased = false)
    {
        terminal.Require("--uds", "Give \"--uds -\" and type the UDS, or pipe it in.");
        return terminal.Retry(() => Parse(terminal.ReadSecret(Question), Remedy, allowErased));
    }

    /// <summary>Reads the UDS that an option gives, or its file, or a line of the input.</summary>
    /// <param name="option">A file's name, <see cref="FromInput"/>, or the UDS itself, which is warned of.</param>
    /// <param name="terminal">Where a line is read from, and a warning goes.</param>
    /// <param name="allowErased">Whether it may be all 00 or all FF, as the original firmware has it.</param>
    /// <returns>32 bytes, for the caller to wipe.</returns>
    /// <exception cref="CommandException">It is no UDS. The message does not show it.</exception>
    public static byte[] Read(string option, Terminal terminal, bool allowErased = false)
    {
        if (option == FromInput)
        {
            return terminal.Retry(() => Parse(terminal.ReadSecret(Question), Remedy, allowErased));
        }

        if (File.Exists(option))
        {
            return ReadFile(option, terminal, allowErased);
        }

        byte[] uds = Parse(
            Encoding.ASCII.GetBytes(option), $"{Remedy} A file that holds it can be named too, if there is one.", allowErased);
        terminal.Warn("the UDS stands on the command line, where other users see it (ps) and the shell's history keeps it: prefer --uds -");
        return uds;
    }

    private static byte[] ReadFile(string path, Terminal terminal, bool allowErased) => Parse(
        SecretFile.Read("a UDS", path, LongestFile, terminal),
        $"Name a file that holds the UDS alone, as text in ASCII or UTF-8: {path} does not.",
        allowErased);

    /// <summary>Parses and wipes a text.</summary>
    /// <param name="text">A byte a character, with what editors and spreadsheets put around it.</param>
    /// <param name="remedy">A sentence that says what to give.</param>
    /// <param name="allowErased">Whether it may be all 00 or all FF, as the original firmware has it.</param>
    /// <returns>32 bytes, for the caller to wipe.</returns>
    /// <exception cref="CommandException">It is no UDS. The message does not show it.</exception>
    internal static byte[] Parse(byte[] text, string remedy, bool allowErased = false)
    {
        byte[] trimmed = SecretText.TrimHex(text).ToArray();
        try
        {
            return Uds.Parse(trimmed, out string problem)
                ?? (allowErased ? ParseErased(trimmed) : null)
                ?? throw new CommandException($"{problem} {remedy}");
        }
        finally
        {
            SecretBytes.Clear(trimmed);
            SecretBytes.Clear(text);
        }
    }

    private static byte[]? ParseErased(ReadOnlySpan<byte> text)
    {
        byte value = text.ContainsAnyExcept((byte)'0') ? (byte)0xFF : (byte)0;
        ReadOnlySpan<byte> allowed = value == 0 ? "0"u8 : "fF"u8;
        return text.Length == Uds.TextLength && !text.ContainsAnyExcept(allowed) ? [.. Enumerable.Repeat(value, Uds.Length)] : null;
    }
}
