using System.Text;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Provisioning;

/// <summary>The Wi-Fi password that boards are given, in UTF-8.</summary>
internal static class WifiPassword
{
    private const string FromInput = "-";
    private const string Question = "Wi-Fi password (empty: an open network)";

    // docs/console.md
    private const int Longest = 64;

    /// <summary>Reads it from a file or the input.</summary>
    /// <param name="option">A file's name, <c>-</c>, or null to ask.</param>
    /// <param name="terminal">Who is asked.</param>
    /// <returns>UTF-8, for the caller to wipe; empty for an open network.</returns>
    /// <exception cref="CommandException">It is none.</exception>
    public static byte[] Read(string? option, Terminal terminal)
    {
        if (option == null)
        {
            terminal.Require(
                "--wifi-password", "Give \"--wifi-password -\" and pipe it in (an empty line: an open network), or name a file.");
        }

        return option is null or FromInput
            ? terminal.Retry(() => Validate(terminal.ReadSecret(Question, Encoding.UTF8)))
            : Validate(SecretFile.ReadLine("a Wi-Fi password", option, Longest + 8, terminal));
    }

    private static byte[] Validate(byte[] password)
    {
        if (password.Length <= Longest && !password.Any(b => b is < 0x20 or 0x7F))
        {
            return password;
        }

        int length = password.Length;
        SecretBytes.Clear(password);
        throw new CommandException(
            $"The Wi-Fi password has {length} bytes, or a control character. Give at most {Longest} bytes, in one line.");
    }
}
