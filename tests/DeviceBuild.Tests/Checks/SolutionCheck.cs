using DevKit.DeviceBuild.Tests.Projects;
using Microsoft.VisualStudio.SolutionPersistence.Model;
using Microsoft.VisualStudio.SolutionPersistence.Serializer;

namespace DevKit.DeviceBuild.Tests.Checks;

/// <summary>nf.sln, read by the library that Visual Studio itself reads solutions with.</summary>
internal static class SolutionCheck
{
    /// <summary>The project type of nanoFramework's extension for Visual Studio.</summary>
    public static readonly Guid NanoFramework = new("11A8DD76-328B-46DF-9F39-F559912D0360");

    /// <summary>Embedded into Boot, so never deployed by itself.</summary>
    public const string MeasuredApplication = "firmware/DevKitDps/DevKitDps.nfproj";

    private const string Embedder = "firmware/Boot/Boot.nfproj";

    /// <summary>Checks the solution against the projects on disk.</summary>
    /// <returns>What is wrong, one line each.</returns>
    public static IReadOnlyList<string> Check(DeviceTree tree)
    {
        SolutionModel solution;
        try
        {
            solution = SolutionSerializers.SlnFileV12.OpenAsync(Path.Combine(tree.Root, "nf.sln"), CancellationToken.None).Result;
        }
        catch (AggregateException e) when (e.InnerException is SolutionException fault)
        {
            return [$"nf.sln: {fault.Message}"];
        }

        return
        [
            .. Header(solution),
            .. Lists(tree, solution),
            .. solution.SolutionProjects.SelectMany(project => Entry(tree, solution, project)),
            .. BuildOrder(tree, solution),
        ];
    }

    /// <summary>Visual Studio 2022 is version 17, 2026 is 18: an older header opens in both, a newer one only in the second.</summary>
    private static IEnumerable<string> Header(SolutionModel solution)
    {
        VisualStudioProperties header = solution.VisualStudioProperties;
        if (header.OpenWith != "Visual Studio Version 17" || header.Version?.Major != 17)
        {
            yield return $"nf.sln: opens with '{header.OpenWith}' ({header.Version}), not Visual Studio 17 (2022)";
        }

        if (header.MinimumVersion is null || header.MinimumVersion.Major > 17)
        {
            yield return $"nf.sln: MinimumVisualStudioVersion is '{header.MinimumVersion}': Visual Studio 2022 would refuse it";
        }

        if (!solution.BuildTypes.Order().SequenceEqual(["Debug", "Release"]) || !solution.Platforms.SequenceEqual(["Any CPU"]))
        {
            yield return "nf.sln: the configurations are "
                + $"{string.Join('/', solution.BuildTypes)} x {string.Join('/', solution.Platforms)}, not Debug/Release x Any CPU";
        }
    }

    private static IEnumerable<string> Lists(DeviceTree tree, SolutionModel solution) => tree.Projects
        .Where(project => !solution.SolutionProjects.Any(entry => PathOf(entry) == project.Path))
        .Select(project => $"nf.sln: {project.Path} is not in it");

    private static IEnumerable<string> Entry(DeviceTree tree, SolutionModel solution, SolutionProjectModel entry)
    {
        if (tree.Find(PathOf(entry)) is not { } project)
        {
            yield return $"nf.sln: {PathOf(entry)} does not exist";
            yield break;
        }

        if (entry.TypeId != NanoFramework)
        {
            yield return $"nf.sln: {project.Path} has the project type {entry.TypeId}, not nanoFramework's {NanoFramework}";
        }

        if (!Guid.TryParse(project.Property("ProjectGuid"), out Guid guid) || guid != entry.Id)
        {
            yield return $"nf.sln: {project.Path} is listed as {entry.Id}, its own ProjectGuid is {project.Property("ProjectGuid")}";
        }

        bool deploys = project.Path.StartsWith("firmware/", StringComparison.Ordinal) && project.Path != MeasuredApplication;
        foreach (string configuration in solution.BuildTypes)
        {
            (string? buildType, string? platform, bool build, bool deploy) = entry.GetProjectConfiguration(configuration, "Any CPU");
            if (buildType != configuration || platform != "Any CPU" || !build || deploy != deploys)
            {
                yield return $"nf.sln: {project.Path} in {configuration}|Any CPU is {buildType}|{platform}, build {build}, "
                    + $"deploy {deploy}; it has to be {configuration}|Any CPU, build True, deploy {deploys}";
            }
        }
    }

    /// <summary>Boot embeds the application's output: the solution orders the builds, no reference may (it would deploy it).</summary>
    private static IEnumerable<string> BuildOrder(DeviceTree tree, SolutionModel solution)
    {
        SolutionProjectModel? boot = solution.SolutionProjects.FirstOrDefault(entry => PathOf(entry) == Embedder);
        if (boot?.Dependencies?.Any(entry => PathOf(entry) == MeasuredApplication) != true)
        {
            yield return $"nf.sln: {Embedder} does not depend on {MeasuredApplication}, whose output it embeds";
        }

        NfProject? application = tree.Find(MeasuredApplication);
        NfProject? embedder = tree.Find(Embedder);
        if (application is null || embedder is null)
        {
            yield break;
        }

        if (embedder.ProjectReferences.Contains(application.File))
        {
            yield return $"{Embedder}: references {MeasuredApplication}: Visual Studio would deploy it beside Boot, unmeasured";
        }

        string output = $@"..\{application.Name}\bin\$(Configuration)\{application.Property("AssemblyName")}.pe";
        if (embedder.Property("MeasuredImageFile") != output)
        {
            yield return $"{Embedder}: embeds {embedder.Property("MeasuredImageFile")}, the application is built as {output}";
        }
    }

    private static string PathOf(SolutionProjectModel entry) => entry.FilePath.Replace('\\', '/');
}
