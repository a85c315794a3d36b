using System.Text.RegularExpressions;

namespace DevKit.Repository.Tests;

/// <summary>The repository's files that commands name, in a workflow or on a page: they are there.</summary>
internal static partial class NamedFiles
{
    /// <summary>Looks for paths below the repository's folders, up to where a build's output begins, and for unpacked packages.</summary>
    /// <returns>What is not there, one line each.</returns>
    public static IReadOnlyList<string> Check(string text)
    {
        string packages = string.Concat(RepositoryFolder.Find("packages.config").Select(File.ReadAllText));
        return
        [
            .. PathPattern().Matches(text)
                .Select(match => match.Value.Replace('\\', '/'))
                .Where(path => !Exists(OutputPattern().Replace(path, "")))
                .Select(path => $"{path} does not exist"),
            .. PackagePattern().Matches(text)
                .Where(match => !packages.Contains(
                    $"id=\"{match.Groups[1].Value}\" version=\"{match.Groups[2].Value}\"", StringComparison.Ordinal))
                .Select(match => $"{match.Value} is in no packages.config"),
        ];
    }

    private static bool Exists(string path)
    {
        if (!path.Contains('*', StringComparison.Ordinal))
        {
            return Path.Exists(Path.Combine(RepositoryFolder.Root, path));
        }

        string folder = Path.Combine(RepositoryFolder.Root, Path.GetDirectoryName(path)!);
        return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder, Path.GetFileName(path)).Any();
    }

    [GeneratedRegex(@"(?<![\w./\\-])(?:(?:\.ci|docs|firmware|tests|tools)[/\\][\w./\\*-]+\w|[\w-]+\.slnx?|global\.json)(?![\w*])")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"/bin(/.*)?$")]
    private static partial Regex OutputPattern();

    [GeneratedRegex(@"(?<![\w\\/])packages[/\\]([A-Za-z.]+)\.(\d[\d.]*\d)")]
    private static partial Regex PackagePattern();
}
