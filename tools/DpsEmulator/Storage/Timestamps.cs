using System.Globalization;

namespace DevKit.DpsEmulator.Storage;

/// <summary>Points in time as Azure writes them and as they are stored: UTC, seven decimals.</summary>
internal static class Timestamps
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    internal static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    internal static DateTimeOffset Parse(string text) =>
        DateTimeOffset.ParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
