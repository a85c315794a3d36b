using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace DevKit.DeviceBuild.Tests.Compilation;

/// <summary>
/// The nanoFramework packages as the folder Api declares them: mscorlib as NuGet has it, and of the others, which NuGet does not
/// have everywhere, reference assemblies made from declarations of the types that the firmware uses.
/// </summary>
internal sealed class ApiLibrary
{
    /// <summary>The device's language.</summary>
    public const LanguageVersion Language = LanguageVersion.CSharp9;

    private readonly Dictionary<string, PortableExecutableReference> _references = [];

    /// <summary>The packages, by ID.</summary>
    public IReadOnlyDictionary<string, ApiPackage> Packages { get; } = ReadPackages();

    /// <summary>The folder Api, as it lies beside this assembly.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Api");

    /// <summary>The package that brings an assembly, or null.</summary>
    /// <param name="assembly">The assembly's simple name.</param>
    public ApiPackage? PackageOf(string assembly) =>
        Packages.Values.FirstOrDefault(package => package.Assemblies.Any(file => Path.GetFileNameWithoutExtension(file) == assembly));

    /// <summary>The assembly to compile against.</summary>
    /// <param name="assembly">The assembly's simple name; one that a package of <see cref="Packages"/> brings.</param>
    public PortableExecutableReference Reference(string assembly)
    {
        if (!_references.TryGetValue(assembly, out PortableExecutableReference? reference))
        {
            reference = assembly == "mscorlib"
                ? MetadataReference.CreateFromFile(Path.Combine(Folder, "mscorlib.dll"))
                : Compile(assembly);
            _references.Add(assembly, reference);
        }

        return reference;
    }

    /// <summary>An assembly's version, four numbers.</summary>
    /// <param name="assembly">The assembly's simple name; one that a package of <see cref="Packages"/> brings.</param>
    public Version VersionOf(string assembly)
    {
        var metadata = (AssemblyMetadata)Reference(assembly).GetMetadata();
        System.Reflection.Metadata.MetadataReader reader = metadata.GetModules()[0].GetMetadataReader();
        return reader.GetAssemblyDefinition().Version;
    }

    private static Dictionary<string, ApiPackage> ReadPackages() => XDocument.Load(Path.Combine(Folder, "packages.xml")).Root!
        .Elements("package")
        .Select(e => new ApiPackage(
            e.Attribute("id")!.Value,
            e.Attribute("version")!.Value,
            [.. e.Elements("assembly").Select(a => a.Attribute("file")!.Value)],
            [.. e.Elements("dependency").Select(d => d.Attribute("id")!.Value)]))
        .ToDictionary(package => package.Id);

    private PortableExecutableReference Compile(string assembly)
    {
        string file = Path.Combine(Folder, assembly + ".api");
        var compilation = CSharpCompilation.Create(
            assembly,
            [CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(Language), file)],
            PackageOf(assembly)!.Dependencies.SelectMany(id => Packages[id].Assemblies).Select(NameReference),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image, options: new EmitOptions(metadataOnly: true));
        return result.Success
            ? MetadataReference.CreateFromImage(image.ToArray())
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));

        PortableExecutableReference NameReference(string fileName) => Reference(Path.GetFileNameWithoutExtension(fileName));
    }
}
