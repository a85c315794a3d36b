namespace DevKit.DeviceBuild.Tests.Projects;

/// <summary>A line of a project's packages.config.</summary>
/// <param name="Id">The package's ID.</param>
/// <param name="Version">The package's version.</param>
/// <param name="TargetFramework">The framework that NuGet restores it for: <c>netnano1.0</c>.</param>
internal sealed record NfPackage(string Id, string Version, string? TargetFramework);
