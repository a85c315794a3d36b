namespace DevKit.DeviceBuild.Tests.Projects;

/// <summary>A copy of what the device build reads, to break something in. It is deleted when it is disposed.</summary>
internal sealed class TreeCopy : IDisposable
{
    private static readonly string[] Extensions =
        [".cs", ".config", ".nfproj", ".projitems", ".runsettings", ".sln"];

    private readonly string _root = Directory.CreateTempSubdirectory("device-build-").FullName;

    /// <summary>Copies what the projects below a folder are built from, and nf.sln.</summary>
    /// <param name="below">A folder, from the root; everything when it is empty.</param>
    public TreeCopy(string below = "")
    {
        string source = DeviceTree.Repository.Root;
        foreach (string file in DeviceTree.Repository.Projects
            .Where(project => project.Path.StartsWith(below, StringComparison.Ordinal))
            .SelectMany(project => Directory.GetFiles(project.Folder, "*", SearchOption.AllDirectories))
            .Append(Path.Combine(source, "nf.sln"))
            .Distinct()
            .Where(file => Extensions.Contains(Path.GetExtension(file))))
        {
            string copy = Path.Combine(_root, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
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
