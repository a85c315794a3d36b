using System.Xml.Linq;
using DevKit.DeviceBuild.Tests.Projects;

namespace DevKit.DeviceBuild.Tests.Checks;

/// <summary>The part of a device project that is the same in all: types, language, imports; and what a test project has besides.</summary>
internal static class SettingsCheck
{
    private const string ProjectSystemFile = "$(NanoFrameworkProjectSystemPath)NFProjectSystem";

    private static readonly string[] Imports =
        [ProjectSystemFile + ".Default.props", ProjectSystemFile + ".props", ProjectSystemFile + ".CSharp.targets"];

    private static readonly (string Property, string Value)[] Common =
    [
        ("NanoFrameworkProjectSystemPath", @"$(MSBuildExtensionsPath)\nanoFramework\v1.0\"),
        ("ProjectTypeGuids", "{11A8DD76-328B-46DF-9F39-F559912D0360};{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}"),
        ("TargetFrameworkVersion", "v1.0"),
        ("LangVersion", "9.0"),
    ];

    // The adapter of nanoFramework.TestFramework finds a test assembly by this name.
    private static readonly (string Property, string Value)[] OfTests =
    [
        ("OutputType", "Library"),
        ("AssemblyName", "NFUnitTest"),
        ("TestProjectType", "UnitTest"),
        ("IsCodedUITest", "False"),
        ("RunSettingsFilePath", @"$(MSBuildProjectDirectory)\nano.runsettings"),
    ];

    // By default without a board: on the nanoCLR that runs on a PC, one test assembly after the other.
    private static readonly (string Element, string Value)[] RunSettings =
    [
        ("MaxCpuCount", "1"),
        ("TreatNoTestsAsError", "true"),
        ("TargetFrameworkVersion", "net48"),
        ("TargetPlatform", "x64"),
        ("IsRealHardware", "False"),
    ];

    /// <summary>Checks every device project.</summary>
    /// <returns>What is wrong, one line each.</returns>
    public static IReadOnlyList<string> Check(DeviceTree tree) =>
    [
        .. tree.Projects.SelectMany(project => Properties(project, Common)),
        .. tree.Projects.SelectMany(ProjectSystem),
        .. SameGuids(tree),
        .. SameAssemblyNames(tree),
        .. tree.Projects.Where(project => project.IsTest).SelectMany(OfTest),
    ];

    private static IEnumerable<string> Properties(NfProject project, (string Property, string Value)[] expected) => expected
        .Where(pair => project.Property(pair.Property) != pair.Value)
        .Select(pair => $"{project.Path}: {pair.Property} is '{project.Property(pair.Property)}', not '{pair.Value}'");

    private static IEnumerable<string> ProjectSystem(NfProject project)
    {
        string[] imports = [.. project.Imports().Where(import => import.StartsWith("$(", StringComparison.Ordinal))];
        if (!imports.SequenceEqual(Imports))
        {
            yield return $"{project.Path}: imports {string.Join(", ", imports)}, not {string.Join(", ", Imports)} in this order";
        }

        // Visual Studio's project system would look for the configurations in conditions, which the imports hold and not the file.
        if (!project.Has("ProjectConfigurationsDeclaredAsItems"))
        {
            yield return $"{project.Path}: lacks the project capability ProjectConfigurationsDeclaredAsItems";
        }
    }

    private static IEnumerable<string> SameGuids(DeviceTree tree) => tree.Projects
        .GroupBy(project => project.Property("ProjectGuid"), StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Count() > 1)
        .Select(group => $"{string.Join(", ", group.Select(project => project.Path))}: have the same ProjectGuid {group.Key}");

    private static IEnumerable<string> SameAssemblyNames(DeviceTree tree) => tree.Projects
        .Where(project => !project.IsTest && project.Property("AssemblyName") != project.Name)
        .Select(project => $"{project.Path}: AssemblyName is '{project.Property("AssemblyName")}', not '{project.Name}'");

    private static IEnumerable<string> OfTest(NfProject project)
    {
        string settings = Path.Combine(project.Folder, "nano.runsettings");
        IEnumerable<string> findings = Properties(project, OfTests);
        if (!project.ItemNames("ProjectCapability").Contains("TestContainer"))
        {
            findings = findings.Append($"{project.Path}: lacks the project capability TestContainer, which Test Explorer looks for");
        }

        if (!project.ItemNames("None").Contains("nano.runsettings") || !File.Exists(settings))
        {
            return findings.Append($"{project.Path}: nano.runsettings is not listed, or does not exist");
        }

        XElement[] elements = [.. XDocument.Load(settings).Descendants()];
        return findings.Concat(RunSettings
            .Where(pair => elements.FirstOrDefault(e => e.Name.LocalName == pair.Element)?.Value != pair.Value)
            .Select(pair => $"{project.Path}: nano.runsettings lacks <{pair.Element}>{pair.Value}</{pair.Element}>"));
    }
}
