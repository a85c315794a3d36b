using System.Text.RegularExpressions;

namespace DevKit.Repository.Tests;

/// <summary>A tool's folders, in the order in which a page lists them, use only those before them.</summary>
[TestClass]
public sealed partial class LayerTests
{
    [TestMethod]
    [DataRow("docs/emulator.md", "DpsEmulator")]
    [DataRow("docs/architecture.md", "CertGen")]
    public void A_folder_uses_only_those_before_it(string page, string tool)
    {
        string root = Path.Combine(RepositoryFolder.Root, "tools", tool);
        string[] folders = [.. Directory.EnumerateDirectories(root).Select(folder => Path.GetFileName(folder))];
        string[] order = ReadOrder(File.ReadAllText(Path.Combine(RepositoryFolder.Root, page)), folders);
        CollectionAssert.AreEquivalent(folders, order, $"{page} does not list each of {tool}'s folders, and each once.");

        string[] findings = [.. folders.SelectMany(folder => FindUsesOfLater(tool, folder, ReadSources(tool, folder), order))];
        Assert.IsEmpty(findings, string.Join('\n', findings));
    }

    [TestMethod]
    [DataRow("using DevKit.Tool.Upper;", "Lower uses Upper")]
    [DataRow("using static DevKit.Tool.Upper.Type;", "Lower uses Upper")]
    [DataRow("    private DevKit.Tool.Upper.Type _field;", "Lower uses Upper")]
    [DataRow("using DevKit.Tool.Lower;", null)]
    [DataRow("using DevKit.OtherTool.Upper;", null)]
    public void A_use_of_a_later_folder_is_found(string source, string? expected)
    {
        string[] order = ReadOrder("| `Lower` | |\n| `Upper`, `Uppermost` | |\n| `Else` | |", ["Upper", "Uppermost", "Lower"]);
        CollectionAssert.AreEqual(new[] { "Lower", "Upper", "Uppermost" }, order);
        Assert.AreEqual(expected, FindUsesOfLater("Tool", "Lower", source, order).SingleOrDefault());
    }

    /// <summary>The folders that the first cells of a page's tables name, from top to bottom and left to right.</summary>
    private static string[] ReadOrder(string text, string[] folders) =>
    [
        .. FirstCellPattern().Matches(text)
            .SelectMany(row => NamePattern().Matches(row.Value))
            .Select(name => name.Groups[1].Value)
            .Where(folders.Contains),
    ];

    private static IEnumerable<string> FindUsesOfLater(string tool, string folder, string source, string[] order) => order
        .Skip(Array.IndexOf(order, folder) + 1)
        .Where(later => Regex.IsMatch(source, $@"\bDevKit\.{tool}\.{later}\b"))
        .Select(later => $"{folder} uses {later}");

    private static string ReadSources(string tool, string folder) => string.Join('\n', Directory
        .EnumerateFiles(Path.Combine(RepositoryFolder.Root, "tools", tool, folder), "*.cs", SearchOption.AllDirectories)
        .Select(File.ReadAllText));

    [GeneratedRegex(@"^\| `[^|]+\|", RegexOptions.Multiline)]
    private static partial Regex FirstCellPattern();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex NamePattern();
}
