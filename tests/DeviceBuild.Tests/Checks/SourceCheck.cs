using DevKit.DeviceBuild.Tests.Projects;

namespace DevKit.DeviceBuild.Tests.Checks;

/// <summary>The source lists, which Visual Studio does not make from the folders.</summary>
internal static class SourceCheck
{
    /// <summary>Sources of the desktop build alone.</summary>
    private static readonly string[] DesktopOnly = ["firmware/Dice/DesktopImage.cs", "tests/StSafe.DeviceTests/Host/HostRun.cs"];

    /// <summary>Checks every device project.</summary>
    /// <returns>What is wrong, one line each.</returns>
    public static IReadOnlyList<string> Check(DeviceTree tree) =>
        [.. tree.Projects.SelectMany(project => Listed(tree, project)), .. Unlisted(tree), .. tree.Projects.SelectMany(OtherFiles)];

    private static IEnumerable<string> Listed(DeviceTree tree, NfProject project)
    {
        foreach (IGrouping<string, string> group in project.Sources.GroupBy(source => source))
        {
            if (!OnDisk(group.Key))
            {
                yield return $"{project.Path}: {tree.Relative(group.Key)} does not exist";
            }

            if (group.Count() > 1)
            {
                yield return $"{project.Path}: {tree.Relative(group.Key)} is listed {group.Count()} times";
            }
        }
    }

    private static IEnumerable<string> Unlisted(DeviceTree tree)
    {
        HashSet<string> listed = [.. tree.Projects.SelectMany(project => project.Sources)];
        return tree.Projects
            .SelectMany(project => Directory.GetFiles(project.Folder, "*.cs", SearchOption.AllDirectories))
            .Distinct()
            .Where(file => !listed.Contains(file) && !tree.Relative(file).Split('/').Any(part => part is "bin" or "obj"))
            .Select(tree.Relative)
            .Except(DesktopOnly)
            .Select(file => $"{file} is in no device project");
    }

    private static IEnumerable<string> OtherFiles(NfProject project) => project.ItemNames("None")
        .Where(name => !OnDisk(project.Resolve(name)))
        .Select(name => $"{project.Path}: {name} does not exist");

    // Not File.Exists, to which upper and lower case are the same on Windows and macOS.
    private static bool OnDisk(string file) =>
        Path.GetDirectoryName(file) is { } folder && Directory.Exists(folder) && Directory.GetFiles(folder).Contains(file);
}
