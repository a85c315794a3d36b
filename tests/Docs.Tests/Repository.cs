using System.Runtime.CompilerServices;

namespace DevKit.Docs.Tests;

/// <summary>Where the sources are that this assembly was compiled from.</summary>
internal static class Repository
{
    private static readonly string[] NotSources = ["artifacts", "node_modules", "packages"];

    /// <summary>The clone's folder.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(ThisFolder(), "../.."));

    /// <summary>The pages, by their paths from the root.</summary>
    public static IEnumerable<string> Pages => Directory
        .EnumerateFiles(Root, "*.md", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Intersect(NotSources).Any())
        .Order(StringComparer.Ordinal);

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
