namespace DevKit.DeviceBuild.Tests.Projects;

/// <summary>A reference of a device project to a package's assembly.</summary>
/// <param name="Name">The assembly's simple name.</param>
/// <param name="Version">The assembly's version as the project names it, or null.</param>
/// <param name="HintPath">Where the assembly is, relative to the project, as the project writes it, or null.</param>
internal sealed record NfReference(string Name, string? Version, string? HintPath)
{
    /// <summary>Reads the display name of an assembly, <c>NAME, Version=1.2.3.4, Culture=..., PublicKeyToken=...</c>.</summary>
    public static NfReference Parse(string displayName, string? hintPath)
    {
        string[] parts = displayName.Split(',', StringSplitOptions.TrimEntries);
        string? version = parts.FirstOrDefault(part => part.StartsWith("Version=", StringComparison.Ordinal));
        return new NfReference(parts[0], version?["Version=".Length..], hintPath);
    }
}
