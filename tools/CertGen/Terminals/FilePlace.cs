using DevKit.CommandLine;

namespace DevKit.CertGen.Terminals;

/// <summary>Where a file really lies: two names may be one file, and a link is a name, not a place to put a file in.</summary>
internal static class FilePlace
{
    // As Linux bounds it (path_resolution(7)).
    private const int MostLinks = 40;

    /// <summary>Follows the links of a path, those of its folders too. What does not exist stays as it is named.</summary>
    /// <param name="path">A path.</param>
    /// <exception cref="CommandException">Its links lead in a circle.</exception>
    public static string Resolve(string path)
    {
        int links = 0;
        return Resolve(Path.GetFullPath(path), ref links)
            ?? throw new CommandException($"{path} is a symbolic link that leads in a circle. Remove it, or name another file.");
    }

    /// <summary>Whether two paths that were resolved are one, by the rules of the usual file system here.</summary>
    public static bool IsSame(string left, string right)
        => string.Equals(left, right, OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static string? Resolve(string full, ref int links)
    {
        if (Path.GetDirectoryName(full) is not { } above)
        {
            return full;
        }

        if (Resolve(above, ref links) is not { } folder)
        {
            return null;
        }

        string place = Path.Combine(folder, Path.GetFileName(full));
        return new FileInfo(place).LinkTarget is not { } target ? place
            : ++links > MostLinks ? null
            : Resolve(Path.GetFullPath(target, folder), ref links);
    }
}
