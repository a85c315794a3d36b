using System.Runtime.CompilerServices;

namespace DevKit.Repository.Tests;

/// <summary>Where the sources are that this assembly was compiled from.</summary>
internal static class RepositoryFolder
{
    private static readonly string[] NotSources = ["artifacts", "bin", "node_modules", "obj", "packages", ".git", ".vs"];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(ThisFolder(), "../.."));

    /// <summary>The files below the root whose names match, without what a build or a package manager put there.</summary>
    public static IEnumerable<string> Find(string pattern) => Directory
        .EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Intersect(NotSources).Any());

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
