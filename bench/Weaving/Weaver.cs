using System.Diagnostics;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace DevKit.Bench.Weaving;

/// <summary>
/// Makes a copy of an assembly that counts: in front of each basic block stands a call that adds the number of the block's instructions,
/// and behind each allocation one that reports the object.
/// </summary>
public static class Weaver
{
    /// <summary>Writes the counting copy.</summary>
    public static void Weave(string source, string target)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(source, new ReaderParameters { InMemory = true });
        MethodReference block = module.ImportReference(typeof(Tally).GetMethod(nameof(Tally.Block)));
        MethodReference made = module.ImportReference(typeof(Tally).GetMethod(nameof(Tally.Made)));
        MethodReference returned = module.ImportReference(typeof(Tally).GetMethod(nameof(Tally.Returned)));
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            Weave(method.Body, block, made, returned);
        }

        KeepLocalsAlive(module);
        module.Write(target);
    }

    private static void Weave(MethodBody body, MethodReference block, MethodReference made, MethodReference returned)
    {
        List<(Instruction Leader, int Count)> blocks = FindBlocks(body);
        List<Instruction> original = [.. body.Instructions];
        body.SimplifyMacros();
        ILProcessor il = body.GetILProcessor();
        foreach (Instruction instruction in original)
        {
            MethodReference? report = ReportOf(instruction, body.Method.Module, made, returned);
            if (report is not null)
            {
                Instruction call = il.Create(OpCodes.Call, report);
                il.InsertAfter(instruction, call);
                il.InsertAfter(instruction, il.Create(OpCodes.Dup));
            }
        }

        foreach ((Instruction leader, int count) in blocks)
        {
            Instruction first = il.Create(OpCodes.Ldc_I4, count);
            il.InsertBefore(leader, first);
            il.InsertBefore(leader, il.Create(OpCodes.Call, block));
            Redirect(body, leader, first);
        }

        body.OptimizeMacros();
    }

    // A block begins where something jumps to, where a handler begins, and behind every jump; a prefix is part of its instruction.
    private static List<(Instruction Leader, int Count)> FindBlocks(MethodBody body)
    {
        HashSet<Instruction> leaders = [body.Instructions[0]];
        foreach (Instruction instruction in body.Instructions)
        {
            IEnumerable<Instruction> targets = instruction.Operand switch
            {
                Instruction one => [one],
                Instruction[] many => many,
                _ => [],
            };
            leaders.UnionWith(targets);
            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw
                && instruction.Next is not null)
            {
                leaders.Add(instruction.Next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            Instruction?[] starts = [handler.TryStart, handler.HandlerStart, handler.FilterStart, handler.HandlerEnd];
            leaders.UnionWith(starts.OfType<Instruction>());
        }

        List<(Instruction, int)> blocks = [];
        foreach (Instruction leader in body.Instructions.Where(leaders.Contains))
        {
            int count = 0;
            for (Instruction? i = leader; i is not null && (i == leader || !leaders.Contains(i)); i = i.Next)
            {
                count += i.OpCode.OpCodeType == OpCodeType.Prefix ? 0 : 1;
            }

            blocks.Add((leader, count));
        }

        return blocks;
    }

    private static MethodReference? ReportOf(
        Instruction instruction, ModuleDefinition module, MethodReference made, MethodReference returned)
    {
        return instruction.OpCode.Code switch
        {
            Code.Newarr => made,
            Code.Box when instruction.Operand is TypeReference { IsValueType: true } => made,
            Code.Newobj when instruction.Operand is MethodReference constructor && !constructor.DeclaringType.IsValueType => made,
            Code.Call or Code.Callvirt when instruction.Operand is MethodReference called
                && called.DeclaringType.Scope != module && called.DeclaringType is not ArrayType && MayBeNew(called.ReturnType) => returned,
            _ => null,
        };
    }

    private static bool MayBeNew(TypeReference type) =>
        type is ArrayType || type.MetadataType is MetadataType.String or MetadataType.Object;

    private static void Redirect(MethodBody body, Instruction from, Instruction to)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand == from)
            {
                instruction.Operand = to;
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                for (int i = 0; i < targets.Length; i++)
                {
                    targets[i] = targets[i] == from ? to : targets[i];
                }
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = handler.TryStart == from ? to : handler.TryStart;
            handler.TryEnd = handler.TryEnd == from ? to : handler.TryEnd;
            handler.HandlerStart = handler.HandlerStart == from ? to : handler.HandlerStart;
            handler.HandlerEnd = handler.HandlerEnd == from ? to : handler.HandlerEnd;
            handler.FilterStart = handler.FilterStart == from ? to : handler.FilterStart;
        }
    }

    // Without the JIT's optimiser a local holds its object until its method returns, as on nanoCLR, and not until its last use.
    private static void KeepLocalsAlive(ModuleDefinition module)
    {
        Mono.Collections.Generic.Collection<CustomAttribute> attributes = module.Assembly.CustomAttributes;
        foreach (CustomAttribute old in attributes.Where(a => a.AttributeType.Name == nameof(DebuggableAttribute)).ToList())
        {
            attributes.Remove(old);
        }

        MethodReference constructor = module.ImportReference(
            typeof(DebuggableAttribute).GetConstructor([typeof(DebuggableAttribute.DebuggingModes)]));
        CustomAttribute attribute = new(constructor);
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(
            module.ImportReference(typeof(DebuggableAttribute.DebuggingModes)),
            (int)(DebuggableAttribute.DebuggingModes.Default | DebuggableAttribute.DebuggingModes.DisableOptimizations)));
        attributes.Add(attribute);
    }
}
