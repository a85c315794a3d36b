namespace DevKit.DeviceBuild.Tests;

/// <summary>Assertions on what a check found.</summary>
internal static class Findings
{
    /// <summary>Holds that something was found, and that it is said with these words.</summary>
    public static void AssertHas(string expected, IReadOnlyList<string> findings) => Assert.IsTrue(
        findings.Any(finding => finding.Contains(expected, StringComparison.Ordinal)),
        $"Not found: {expected}\nFound:\n{string.Join('\n', findings)}");

    /// <summary>Holds that nothing was found.</summary>
    public static void AssertNone(IReadOnlyList<string> findings) => Assert.IsEmpty(findings, string.Join('\n', findings));
}
