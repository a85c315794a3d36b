using System.Text.RegularExpressions;

namespace DevKit.CertGen;

/// <summary>MAC addresses as people write them.</summary>
internal static partial class MacAddress
{
    /// <summary>Reads 12 hex digits, plain or in pairs with colons or dashes between.</summary>
    /// <exception cref="BadInputException">It is something else.</exception>
    public static byte[] Parse(string text)
    {
        if (!Form().IsMatch(text))
        {
            throw new BadInputException(
                $"The MAC address \"{text}\" is malformed. Write 12 hex digits, as c89346854138, C8:93:46:85:41:38 or C8-93-46-85-41-38.");
        }

        return Convert.FromHexString(text.Replace(":", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\A[0-9A-Fa-f]{2}([:-]?)[0-9A-Fa-f]{2}(\1[0-9A-Fa-f]{2}){4}\z")]
    private static partial Regex Form();
}
