using DevKit.DeviceBuild.Tests.Compilation;
using DevKit.DeviceBuild.Tests.Projects;

namespace DevKit.DeviceBuild.Tests.Checks;

/// <summary>packages.config, and the references and hint paths that have to go with it.</summary>
/// <param name="api">The packages that there are.</param>
internal sealed class PackageCheck(ApiLibrary api)
{
    /// <summary>Checks every device project.</summary>
    /// <returns>What is wrong, one line each.</returns>
    public IReadOnlyList<string> Check(DeviceTree tree) => [.. tree.Projects.SelectMany(project => Check(tree, project))];

    private IEnumerable<string> Check(DeviceTree tree, NfProject project) =>
    [
        .. Listed(project),
        .. project.Packages.GroupBy(package => package.Id).Where(group => group.Count() > 1)
            .Select(group => $"{project.Path}: packages.config names {group.Key} twice"),
        .. project.Packages.SelectMany(package => Package(project, package)),
        .. project.References.SelectMany(reference => Reference(tree, project, reference)),
        .. project.ProjectReferences.SelectMany(file => ProjectReference(tree, project, file)),
    ];

    private static IEnumerable<string> Listed(NfProject project)
    {
        if (!project.ItemNames("None").Contains("packages.config"))
        {
            yield return $"{project.Path}: packages.config is not listed";
        }
    }

    private IEnumerable<string> Package(NfProject project, NfPackage package)
    {
        if (!api.Packages.TryGetValue(package.Id, out ApiPackage? known))
        {
            yield return $"{project.Path}: {package.Id} is not among the packages of Api/packages.xml";
            yield break;
        }

        if (package.Version != known.Version)
        {
            yield return $"{project.Path}: {package.Id} is {package.Version} in packages.config, not {known.Version}";
        }

        if (package.TargetFramework != "netnano1.0")
        {
            yield return $"{project.Path}: {package.Id} is restored for '{package.TargetFramework}', not netnano1.0";
        }

        foreach (string id in known.Dependencies.Where(id => !project.Packages.Any(p => p.Id == id)))
        {
            yield return $"{project.Path}: {package.Id} needs {id}, which packages.config lacks";
        }

        string[] referenced = [.. project.References.Select(reference => reference.Name)];
        foreach (string file in known.Assemblies.Where(file => !referenced.Contains(Path.GetFileNameWithoutExtension(file))))
        {
            yield return $"{project.Path}: {file} of {package.Id} is not referenced";
        }
    }

    private IEnumerable<string> Reference(DeviceTree tree, NfProject project, NfReference reference)
    {
        if (api.PackageOf(reference.Name) is not { } package || !project.Packages.Any(p => p.Id == package.Id))
        {
            yield return $"{project.Path}: {reference.Name} comes from no package of packages.config";
            yield break;
        }

        string version = api.VersionOf(reference.Name).ToString();
        if (reference.Version != version)
        {
            yield return $"{project.Path}: {reference.Name} is referenced as version {reference.Version}, not {version}";
        }

        string file = package.Assemblies.Single(name => Path.GetFileNameWithoutExtension(name) == reference.Name);
        string expected = Path.Combine(tree.Root, "packages", package.Folder, "lib", file);
        if (reference.HintPath is null || project.Resolve(reference.HintPath) != expected)
        {
            yield return $"{project.Path}: {reference.Name} has the hint path '{reference.HintPath}', not one to {tree.Relative(expected)}";
        }
    }

    /// <summary>What a referenced project needs has to be deployed too, and what a project references is what is deployed.</summary>
    private static IEnumerable<string> ProjectReference(DeviceTree tree, NfProject project, string file) => tree.Find(file) is not { } other
        ? [$"{project.Path}: the referenced project {tree.Relative(file)} does not exist"]
        : other.Packages
            .Where(package => !project.Packages.Any(p => p.Id == package.Id))
            .Select(package => $"{project.Path}: lacks {package.Id}, which {other.Name} needs");
}
