using System.Reflection;
using System.Runtime.Loader;

namespace DevKit.Bench.Weaving;

/// <summary>Loads counting copies of some assemblies and, so that it calls those, another copy of this program.</summary>
public sealed class WovenContext : AssemblyLoadContext, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bench-").FullName;

    /// <summary>Weaves the assemblies.</summary>
    /// <param name="assemblies">The assemblies that are to count.</param>
    public WovenContext(params Assembly[] assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        foreach (Assembly assembly in assemblies)
        {
            Weaver.Weave(assembly.Location, Path.Combine(_folder, assembly.GetName().Name + ".dll"));
        }

        string self = typeof(WovenContext).Assembly.Location;
        File.Copy(self, Path.Combine(_folder, Path.GetFileName(self)));
    }

    /// <summary>Runs a static method without parameters in the woven copy.</summary>
    /// <param name="method">The method, as it is named outside.</param>
    /// <returns>What it returns.</returns>
    public object? Run(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        Assembly copy = LoadFromAssemblyName(method.DeclaringType!.Assembly.GetName());
        MethodInfo inner = copy.GetType(method.DeclaringType.FullName!, throwOnError: true)!.GetMethod(method.Name)!;
        return inner.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    /// <summary>Removes the copies from the disk.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        string file = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(file) ? LoadFromStream(new MemoryStream(File.ReadAllBytes(file))) : null;
    }
}
