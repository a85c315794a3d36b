namespace DevKit.DeviceBuild.Tests.Compilation;

/// <summary>A nanoFramework package that device projects may name.</summary>
/// <param name="Id">Its ID.</param>
/// <param name="Version">Its version, the only one.</param>
/// <param name="Assemblies">File names of the assemblies that it brings.</param>
/// <param name="Dependencies">IDs of the packages that it needs.</param>
internal sealed record ApiPackage(string Id, string Version, IReadOnlyList<string> Assemblies, IReadOnlyList<string> Dependencies)
{
    /// <summary>The folder that NuGet unpacks it to, below <c>packages</c>.</summary>
    public string Folder => $"{Id}.{Version}";
}
