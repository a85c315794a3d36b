namespace DevKit.Repository.Tests;

/// <summary>Who looks for a part or a page finds it named: folders have a page, and lists are whole.</summary>
[TestClass]
public sealed class IndexTests
{
    [TestMethod]
    [DataRow("firmware")]
    [DataRow("tools")]
    public void Every_project_folder_has_a_page(string folder)
    {
        string[] projects = ProjectsOf(folder);
        string[] mute = [.. projects.Where(project => !File.Exists(Path.Combine(RepositoryFolder.Root, folder, project, "README.md")))];

        Assert.IsGreaterThan(5, projects.Length, $"{folder} has more projects than were found.");
        Assert.IsEmpty(mute, $"Without a README.md: {string.Join(", ", mute)}");
    }

    [TestMethod]
    [DataRow("docs/architecture.md", "tools")]
    [DataRow("docs/architecture.md", "firmware")]
    [DataRow("tests/README.md", "tests")]
    public void A_list_of_projects_links_each(string page, string folder) =>
        AssertLinked(page, ProjectsOf(folder).Select(project => Path.Combine(folder, project)));

    [TestMethod]
    public void The_documentation_lists_each_of_its_pages() => AssertLinked(
        "docs/README.md",
        Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, "docs"), "*.md")
            .Select(file => Path.Combine("docs", Path.GetFileName(file)))
            .Where(file => Path.GetFileName(file) != "README.md"));

    [TestMethod]
    public void What_is_not_linked_is_found()
    {
        string[] targets = ["tests/One", "tests/Two", "tests/Two.More"];

        CollectionAssert.AreEqual(targets, Unlinked("tests/README.md", "One, [one](two.md), [Two](Two.Mor)", targets));
        CollectionAssert.AreEqual(new[] { "tests/Two" }, Unlinked("tests/README.md", "[1](One/README.md) [2](Two.More)", targets));
        Assert.IsEmpty(Unlinked("docs/page.md", "[1](../tests/One) [2](../tests/Two/README.md) [3](../tests/Two.More)", targets));
    }

    private static void AssertLinked(string page, IEnumerable<string> targets)
    {
        string[] unlinked = Unlinked(page, File.ReadAllText(Path.Combine(RepositoryFolder.Root, page)), [.. targets]);
        Assert.IsEmpty(unlinked, $"Not linked in {page}: {string.Join(", ", unlinked)}");
    }

    /// <summary>The files and folders that a page links neither themselves nor by a README.md in them.</summary>
    private static string[] Unlinked(string page, string text, string[] targets)
    {
        string folder = Path.GetDirectoryName(Path.Combine(RepositoryFolder.Root, page))!;
        HashSet<string> linked = [.. LinkTests.Links(text).Select(link => Path.GetFullPath(Path.Combine(folder, link.Split('#')[0])))];
        return
        [
            .. targets.Where(target =>
            {
                string path = Path.GetFullPath(Path.Combine(RepositoryFolder.Root, target));
                return !linked.Contains(path) && !linked.Contains(Path.Combine(path, "README.md"));
            }),
        ];
    }

    private static string[] ProjectsOf(string folder) =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(RepositoryFolder.Root, folder))
            .Where(project => Directory.EnumerateFiles(project, "*.*proj").Any())
            .Select(project => Path.GetFileName(project)),
    ];
}
