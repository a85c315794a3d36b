using System.Text.RegularExpressions;

namespace DevKit.DpsEmulator.Enrollments;

/// <summary>Which names a device may have at DPS, as its documentation says.</summary>
internal static partial class RegistrationIds
{
    /// <summary>What a message says of the rule.</summary>
    internal const string Rule = "1 to 128 letters, digits and - . _ : are allowed, and a letter, a digit or a - at the end";

    internal static bool IsValid(string text) => Form().IsMatch(text);

    [GeneratedRegex("^[A-Za-z0-9._:-]{0,127}[A-Za-z0-9-]\\z")]
    private static partial Regex Form();
}
