using System.Globalization;
using System.Text;

namespace DevKit.DpsEmulator.Events;

/// <summary>Text of a device or a caller as it may stand in a line of the log: it cannot steer a terminal, nor fill the screen.</summary>
internal static class LogText
{
    /// <summary>The longest value that is shown whole, in characters: a device ID has up to 128.</summary>
    internal const int MaximumLength = 128;

    /// <summary>A value in one line: what is not printable is a question mark, what is too long ends in an ellipsis.</summary>
    /// <param name="text">The value; null reads as empty.</param>
    /// <param name="maximumLength">How many UTF-16 code units of it are shown.</param>
    internal static string Clean(string? text, int maximumLength = MaximumLength)
    {
        var clean = new StringBuilder();
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > maximumLength)
            {
                return clean.Append('…').ToString();
            }

            clean.Append(IsPrintable(rune) ? rune.ToString() : "?");
        }

        return clean.ToString();
    }

    /// <summary>Not control characters, nor those that turn the direction of writing, are invisible, or break the line.</summary>
    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
