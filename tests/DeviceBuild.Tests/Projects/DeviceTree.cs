using System.Runtime.CompilerServices;

namespace DevKit.DeviceBuild.Tests.Projects;

/// <summary>A checkout of the repository: nf.sln and the device projects below firmware and tests.</summary>
internal sealed class DeviceTree
{
    private static readonly string[] Folders = ["firmware", "tests"];

    /// <summary>Reads the device projects.</summary>
    /// <param name="root">The repository's folder.</param>
    public DeviceTree(string root)
    {
        Root = root;
        Projects =
        [
            .. Folders
                .Select(folder => Path.Combine(root, folder))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.GetFiles(folder, "*.nfproj", SearchOption.AllDirectories))
                .Order(StringComparer.Ordinal)
                .Select(file => new NfProject(root, file)),
        ];
    }

    /// <summary>The repository that this assembly was compiled from.</summary>
    public static DeviceTree Repository { get; } = new(Path.GetFullPath(Path.Combine(ThisFolder(), "../../..")));

    /// <summary>The repository's folder.</summary>
    public string Root { get; }

    /// <summary>Every device project, in the order of their paths.</summary>
    public IReadOnlyList<NfProject> Projects { get; }

    /// <summary>The project with that path from the root, or that full path; null when there is none.</summary>
    public NfProject? Find(string path)
    {
        string full = Path.GetFullPath(Path.Combine(Root, path));
        return Projects.FirstOrDefault(project => project.File == full);
    }

    /// <summary>A full path as it is told to people: from the root, with slashes.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
