namespace DevKit.CertGen.Terminals;

/// <summary>Text that others wrote and that is shown: it may hold escape sequences, which do things to a terminal.</summary>
internal static class PrintableText
{
    /// <summary>The text with each control character as <c>\x1b</c> and the like.</summary>
    public static string Of(string text) => string.Concat(text.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()));
}
