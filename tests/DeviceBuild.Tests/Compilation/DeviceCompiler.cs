using System.Collections.Immutable;
using DevKit.DeviceBuild.Tests.Projects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace DevKit.DeviceBuild.Tests.Compilation;

/// <summary>
/// Compiles device projects as their build does, in C# 9 and against nanoFramework's assemblies alone, and looks through what comes
/// out for what nanoCLR lacks.
/// </summary>
/// <param name="tree">Where the projects are.</param>
/// <param name="api">What they compile against.</param>
internal sealed class DeviceCompiler(DeviceTree tree, ApiLibrary api)
{
    private readonly Dictionary<string, MetadataReference?> _compiled = [];
    private readonly List<string> _findings = [];

    /// <summary>What went wrong in the projects that were compiled, one line each.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Compiles a project, after those that it references.</summary>
    /// <returns>Its assembly, or null when it does not compile.</returns>
    public MetadataReference? Compile(NfProject project)
    {
        if (!_compiled.TryGetValue(project.Path, out MetadataReference? assembly))
        {
            // Projects that reference each other would come back here: to nothing, so that the second does not compile.
            _compiled[project.Path] = null;
            _compiled[project.Path] = assembly = Emit(project, Compilation(project));
        }

        return assembly;
    }

    private CSharpCompilation Compilation(NfProject project)
    {
        CSharpParseOptions options = new(ApiLibrary.Language, DocumentationMode.None, preprocessorSymbols: ["NANOFRAMEWORK_1_0", "TRACE"]);
        OutputKind kind = project.Property("OutputType") == "Exe" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        return CSharpCompilation.Create(
            project.Name,
            project.Sources.Where(File.Exists).Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)),
            References(project),
            new CSharpCompilationOptions(kind, optimizationLevel: OptimizationLevel.Release, deterministic: true));
    }

    private IEnumerable<MetadataReference> References(NfProject project)
    {
        IEnumerable<MetadataReference?> projects = project.ProjectReferences
            .Select(tree.Find)
            .Select(other => other is null ? null : Compile(other));
        IEnumerable<MetadataReference?> packages = project.References
            .Select(reference => api.PackageOf(reference.Name) is null ? null : api.Reference(reference.Name));
        return projects.Concat(packages).OfType<MetadataReference>();
    }

    private PortableExecutableReference? Emit(NfProject project, CSharpCompilation compilation)
    {
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image);
        _findings.AddRange(result.Diagnostics
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(diagnostic => $"{project.Path}: {Place(diagnostic)}{diagnostic.Id}: {diagnostic.GetMessage()}"));
        if (!result.Success)
        {
            return null;
        }

        ImmutableArray<byte> bytes = [.. image.ToArray()];
        _findings.AddRange(NanoClrLimits.Check(bytes).Select(finding => $"{project.Path}: {finding}"));
        return MetadataReference.CreateFromImage(bytes);
    }

    private string Place(Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetLineSpan();
        return span.IsValid ? $"{tree.Relative(span.Path)}({span.StartLinePosition.Line + 1}): " : "";
    }
}
