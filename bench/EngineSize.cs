using System.Reflection;
using DevKit.Bench.Weaving;
using Mono.Cecil;

namespace DevKit.Bench;

/// <summary>What an assembly takes in flash and what its statics take in RAM.</summary>
public sealed record EngineSize(int Il, int StaticData, int StaticRam)
{
    // What the desktop build alone has.
    private const string DesktopType = "DesktopImage";

    /// <summary>Measures an assembly: method bodies, the data of array initialisers, and the arrays that its static fields hold.</summary>
    public static EngineSize Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly.Location);
        IEnumerable<MethodDefinition> methods = module.GetTypes().Where(t => t.Name != DesktopType).SelectMany(t => t.Methods);
        int il = methods.Where(m => m.HasBody).Sum(m => m.Body.CodeSize);
        int data = module.GetTypes().SelectMany(t => t.Fields).Sum(f => f.InitialValue?.Length ?? 0);
        int ram = assembly.GetTypes()
            .Where(t => t.Name.Length > 0 && t.Name[0] != '<')
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => !f.IsLiteral)
            .Select(f => f.GetValue(null))
            .Sum(value => value is Array or string ? HeapModel.SizeOf(value) : 0);
        return new EngineSize(il, data, ram);
    }
}
