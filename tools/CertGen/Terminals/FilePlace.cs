namespace DevKit.CertGen.Terminals;

/// <summary>Where a file really lies: one file has several names where there are symbolic links.</summary>
internal static class FilePlace
{
    // As Linux bounds it (path_resolution(7)).
    private const int MostLinks = 40;

    /// <summary>The place that a file is put to: behind the links of its folders. A link there is replaced itself.</summary>
    /// <param name="path">A path, which need not exist.</param>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        return Path.GetDirectoryName(full) is { } folder ? Path.Combine(Resolve(folder), Path.GetFileName(full)) : full;
    }

    /// <summary>What is read or entered by a path: behind all links. One that leads in a circle is left where it is.</summary>
    /// <param name="path">A path, which need not exist.</param>
    public static string Resolve(string path)
    {
        string place = Of(path);
        for (int links = 0; links < MostLinks && new FileInfo(place).LinkTarget is { } target; links++)
        {
            place = Of(Path.GetFullPath(target, Path.GetDirectoryName(place)!));
        }

        return place;
    }

    /// <summary>Whether two places are one, by the rules of the usual file system here.</summary>
    public static bool IsSame(string left, string right)
        => string.Equals(left, right, OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
}
