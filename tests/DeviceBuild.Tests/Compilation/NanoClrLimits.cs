using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace DevKit.DeviceBuild.Tests.Compilation;

/// <summary>
/// What compiles without nanoFramework's libraries having a part in it, and does not run on nanoCLR 1.x: generics, arrays of more than
/// one dimension, pointers. Every type that code uses stands in a signature of the assembly's metadata (ECMA-335, II.23.2).
/// </summary>
internal static class NanoClrLimits
{
    /// <summary>Looks through an assembly.</summary>
    /// <param name="image">The assembly, a PE file.</param>
    /// <returns>What nanoCLR lacks, one line each, with the member that uses it.</returns>
    public static IReadOnlyList<string> Check(ImmutableArray<byte> image)
    {
        using PEReader file = new(image);
        MetadataReader metadata = file.GetMetadataReader();
        List<string> findings = [.. Definitions(metadata)];
        for (int row = 1; row <= metadata.GetTableRowCount(TableIndex.TypeSpec); row++)
        {
            TypeSpecification type = metadata.GetTypeSpecification(MetadataTokens.TypeSpecificationHandle(row));
            Decode("a type that is used", provider => type.DecodeSignature(provider, null));
        }

        foreach (MethodDefinition method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition))
        {
            string name = NameOf(metadata, method.GetDeclaringType(), method.Name);
            Decode(name, provider => method.DecodeSignature(provider, null));
            if (method.RelativeVirtualAddress != 0
                && file.GetMethodBody(method.RelativeVirtualAddress).LocalSignature is { IsNil: false } locals)
            {
                Decode(name, provider => metadata.GetStandaloneSignature(locals).DecodeLocalSignature(provider, null));
            }
        }

        foreach (FieldDefinition field in metadata.FieldDefinitions.Select(metadata.GetFieldDefinition))
        {
            Decode(NameOf(metadata, field.GetDeclaringType(), field.Name), provider => field.DecodeSignature(provider, null));
        }

        foreach (MemberReference member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            string name = metadata.GetString(member.Name);
            Decode(name, provider => member.GetKind() == MemberReferenceKind.Method
                ? member.DecodeMethodSignature(provider, null).ReturnType
                : member.DecodeFieldSignature(provider, null));
        }

        return [.. findings.Distinct()];

        void Decode<T>(string user, Func<ForbiddenTypes, T> decode)
        {
            ForbiddenTypes forbidden = new();
            decode(forbidden);
            findings.AddRange(forbidden.Found.Select(what => $"{user}: {what}, which nanoCLR lacks"));
        }
    }

    private static IEnumerable<string> Definitions(MetadataReader metadata)
    {
        for (int row = 1; row <= metadata.GetTableRowCount(TableIndex.GenericParam); row++)
        {
            GenericParameter parameter = metadata.GetGenericParameter(MetadataTokens.GenericParameterHandle(row));
            string owner = parameter.Parent.Kind == HandleKind.TypeDefinition
                ? metadata.GetString(metadata.GetTypeDefinition((TypeDefinitionHandle)parameter.Parent).Name)
                : metadata.GetString(metadata.GetMethodDefinition((MethodDefinitionHandle)parameter.Parent).Name);
            yield return $"{owner}: generic, which nanoCLR lacks";
        }
    }

    private static string NameOf(MetadataReader metadata, TypeDefinitionHandle type, StringHandle member) =>
        $"{metadata.GetString(metadata.GetTypeDefinition(type).Name)}.{metadata.GetString(member)}";

    /// <summary>Walks a signature and keeps what is forbidden of it; the types themselves do not matter.</summary>
    private sealed class ForbiddenTypes : ISignatureTypeProvider<bool, object?>
    {
        public List<string> Found { get; } = [];

        public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => Forbid("a generic type");

        public bool GetGenericMethodParameter(object? genericContext, int index) => Forbid("a generic method's parameter");

        public bool GetGenericTypeParameter(object? genericContext, int index) => Forbid("a generic type's parameter");

        public bool GetArrayType(bool elementType, ArrayShape shape) => Forbid($"an array of {shape.Rank} dimensions");

        public bool GetPointerType(bool elementType) => Forbid("a pointer");

        public bool GetFunctionPointerType(MethodSignature<bool> signature) => Forbid("a function pointer");

        public bool GetByReferenceType(bool elementType) => true;

        public bool GetSZArrayType(bool elementType) => true;

        public bool GetPinnedType(bool elementType) => Forbid("a pinned local");

        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => true;

        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => true;

        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => true;

        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => true;

        public bool GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => true;

        private bool Forbid(string what)
        {
            Found.Add(what);
            return false;
        }
    }
}
