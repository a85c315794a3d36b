namespace DevKit.DeviceBuild.Tests.Projects;

/// <summary>A copy of what the device build reads, to break something in. It is deleted when it is disposed.</summary>
internal sealed class TreeCopy : IDisposable
{
    private static readonly string[] Lists = [".config", ".nfproj", ".projitems", ".runsettings", ".sln"];

    private readonly string _root = Directory.CreateTempSubdirectory("device-build-").FullName;

    /// <summary>Copies nf.sln and the projects with their lists.</summary>
    /// <param name="sources">A folder, from the root, below which the sources are copied too; null for none.</param>
    public TreeCopy(string? sources = null)
    {
        DeviceTree tree = DeviceTree.Repository;
        foreach (string file in tree.Projects
            .SelectMany(project => Directory.GetFiles(project.Folder, "*", SearchOption.AllDirectories))
            .Append(Path.Combine(tree.Root, "nf.sln"))
            .Distinct()
            .Where(file => Lists.Contains(Path.GetExtension(file)) || (IsSource(file) && IsBelow(tree.Relative(file)))))
        {
            string copy = Path.Combine(_root, tree.Relative(file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        static bool IsSource(string file) => Path.GetExtension(file) == ".cs";

        bool IsBelow(string file) => sources is not null && file.StartsWith(sources + "/", StringComparison.Ordinal);
    }

    /// <summary>The copy, read as it is now.</summary>
    public DeviceTree Read() => new(_root);

    /// <summary>Full path of a file of the copy.</summary>
    public string PathOf(string file) => Path.Combine(_root, file);

    /// <summary>Replaces a text that has to be there, wherever it is in the file.</summary>
    public void Replace(string file, string text, string replacement)
    {
        string content = File.ReadAllText(PathOf(file));
        Assert.Contains(text, content, $"{file} does not have what this test changes.");
        File.WriteAllText(PathOf(file), content.Replace(text, replacement, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
