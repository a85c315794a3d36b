using System.Text.RegularExpressions;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.OneBoard;

/// <summary>MAC addresses as people write them.</summary>
internal static partial class MacAddress
{
    // IEEE 802-2014, 8.2: the first bit on the wire, the lowest of the first octet, is 1 in a group's address.
    private const int GroupBit = 1;

    /// <summary>Reads 12 hex digits, plain or in pairs with colons or dashes between. One that no board has is warned of.</summary>
    /// <exception cref="CommandException">It is something else.</exception>
    public static byte[] Parse(string text, Terminal terminal)
    {
        byte[] address = Parse(text);
        if (FindWarning(address) is { } warning)
        {
            terminal.Warn($"the MAC address {text} {warning}: no board has it. Read it on the board's screen or its serial console.");
        }

        return address;
    }

    /// <summary>Reads 12 hex digits, plain or in pairs with colons or dashes between.</summary>
    /// <exception cref="CommandException">It is something else.</exception>
    public static byte[] Parse(string text)
    {
        if (!Form().IsMatch(text))
        {
            throw new CommandException(
                $"The MAC address \"{text}\" is malformed. Write 12 hex digits, as c89346854138, C8:93:46:85:41:38 or C8-93-46-85-41-38.");
        }

        return Convert.FromHexString(text.Replace(":", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal));
    }

    /// <summary>Why no board has this address: the end of a sentence about it, or null.</summary>
    public static string? FindWarning(byte[] address) =>
        Array.TrueForAll(address, octet => octet == 0) ? "is all zeros"
        : Array.TrueForAll(address, octet => octet == 0xFF) ? "is all ones"
        : (address[0] & GroupBit) != 0 ? "is a group's (multicast)"
        : null;

    [GeneratedRegex(@"\A[0-9A-Fa-f]{2}([:-]?)[0-9A-Fa-f]{2}(\1[0-9A-Fa-f]{2}){4}\z")]
    private static partial Regex Form();
}
