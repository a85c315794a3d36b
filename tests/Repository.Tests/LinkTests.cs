using System.Text.RegularExpressions;

namespace DevKit.Repository.Tests;

/// <summary>The documentation's links lead somewhere.</summary>
[TestClass]
public sealed partial class LinkTests
{
    [TestMethod]
    public void Every_relative_link_leads_to_a_file_and_to_a_heading_of_it()
    {
        List<string> broken = [];
        int followed = 0;
        foreach (string page in RepositoryFolder.Find("*.md"))
        {
            foreach (string link in Links(File.ReadAllText(page)))
            {
                followed++;
                if (!Leads(page, link))
                {
                    broken.Add($"{Path.GetRelativePath(RepositoryFolder.Root, page)}: {link}");
                }
            }
        }

        Assert.IsEmpty(broken, string.Join('\n', broken));
        Assert.IsGreaterThan(100, followed, "The documentation has more links than were found.");
    }

    [TestMethod]
    [DataRow("no-such-page.md")]
    [DataRow("../README.md#no-such-heading")]
    [DataRow("#no-such-heading")]
    public void A_link_to_nowhere_is_found(string link) =>
        Assert.IsFalse(Leads(Path.Combine(RepositoryFolder.Root, "docs", "board.md"), link));

    private static bool Leads(string page, string link)
    {
        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
        return parts.Length == 1
            ? File.Exists(target) || Directory.Exists(target)
            : File.Exists(target) && Headings(File.ReadAllText(target)).Contains(parts[1]);
    }

    /// <summary>The links of a page that lead into the repository, those of its code apart.</summary>
    internal static IEnumerable<string> Links(string text) => LinkPattern()
        .Matches(FencePattern().Replace(text, ""))
        .Select(match => match.Groups[1].Length > 0 ? match.Groups[1].Value : match.Groups[2].Value)
        .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal));

    /// <summary>The headings as GitHub names them: lower case, without punctuation, a hyphen for each blank.</summary>
    private static IEnumerable<string> Headings(string text) => HeadingPattern()
        .Matches(FencePattern().Replace(text, ""))
        .Select(match => PunctuationPattern().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)|(?:src|href)=""([^""]+)""")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex PunctuationPattern();

    [GeneratedRegex(@"^\s*```.*?^\s*```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencePattern();
}
