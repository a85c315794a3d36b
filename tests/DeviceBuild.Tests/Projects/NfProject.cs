using System.Xml.Linq;

namespace DevKit.DeviceBuild.Tests.Projects;

/// <summary>A device project (.nfproj) and its packages.config, read as text: MSBuild can't load it without Visual Studio.</summary>
internal sealed class NfProject
{
    private readonly XDocument _document;

    /// <summary>Reads a project.</summary>
    /// <param name="root">The repository's folder.</param>
    /// <param name="file">The project's full path.</param>
    public NfProject(string root, string file)
    {
        File = file;
        Folder = System.IO.Path.GetDirectoryName(file)!;
        Path = System.IO.Path.GetRelativePath(root, file).Replace('\\', '/');
        _document = XDocument.Load(file);
        Sources = [.. Shared().Append(file).SelectMany(list => Items(list, "Compile"))];
        References = [.. Elements("Reference").Select(e => NfReference.Parse(Include(e), Child(e, "HintPath")))];
        ProjectReferences = [.. Items(file, "ProjectReference")];
        Packages = ReadPackages(System.IO.Path.Combine(Folder, "packages.config"));
    }

    /// <summary>Full path of the project file.</summary>
    public string File { get; }

    /// <summary>Full path of the folder that it lies in.</summary>
    public string Folder { get; }

    /// <summary>Path from the repository's root, with slashes.</summary>
    public string Path { get; }

    /// <summary>The file's name without extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(File);

    /// <summary>Full paths of the sources, those of imported lists (.projitems) included; what a target adds is not.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>The assemblies of packages.</summary>
    public IReadOnlyList<NfReference> References { get; }

    /// <summary>Full paths of the projects that this one references.</summary>
    public IReadOnlyList<string> ProjectReferences { get; }

    /// <summary>The packages of packages.config.</summary>
    public IReadOnlyList<NfPackage> Packages { get; }

    /// <summary>Whether it is a test project.</summary>
    public bool IsTest => Property("IsTestProject") == "true";

    /// <summary>A property's value, or null.</summary>
    public string? Property(string name) => Elements(name).LastOrDefault()?.Value;

    /// <summary>What <c>&lt;None Include="..." /&gt;</c> and other items name, as the project writes it.</summary>
    public IEnumerable<string> ItemNames(string type) => Elements(type).Where(IsItem).Select(Include);

    /// <summary>Whether the project has an element of that name.</summary>
    public bool Has(string element) => Elements(element).Any();

    /// <summary>What the project imports, in order, as the project writes it.</summary>
    public IEnumerable<string> Imports() => Elements("Import").Select(e => e.Attribute("Project")!.Value);

    /// <summary>A full path for one that the project names relative to its folder, with backslashes.</summary>
    public string Resolve(string path) => Resolve(Folder, path);

    private static string Resolve(string folder, string path) => System.IO.Path.GetFullPath(
        System.IO.Path.Combine(folder, path.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal).Replace('\\', '/')));

    private static IReadOnlyList<NfPackage> ReadPackages(string file) => !System.IO.File.Exists(file)
        ? []
        : [.. XDocument.Load(file).Root!.Elements("package").Select(e =>
            new NfPackage(e.Attribute("id")!.Value, e.Attribute("version")!.Value, e.Attribute("targetFramework")?.Value))];

    private static bool IsItem(XElement element) =>
        element.Attribute("Include") is not null && !element.Ancestors().Any(e => e.Name.LocalName == "Target");

    private static string Include(XElement element) => element.Attribute("Include")!.Value;

    private static string? Child(XElement element, string name) =>
        element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;

    private IEnumerable<string> Shared() => Imports()
        .Where(import => import.EndsWith(".projitems", StringComparison.Ordinal))
        .Select(Resolve);

    private IEnumerable<string> Items(string file, string type)
    {
        XDocument document = file == File ? _document : XDocument.Load(file);
        string folder = System.IO.Path.GetDirectoryName(file)!;
        return document.Descendants().Where(e => e.Name.LocalName == type && IsItem(e)).Select(e => Resolve(folder, Include(e)));
    }

    private IEnumerable<XElement> Elements(string name) => _document.Descendants().Where(e => e.Name.LocalName == name);
}
