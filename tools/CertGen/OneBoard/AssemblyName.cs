using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace DevKit.CertGen.OneBoard;

/// <summary>The name that an image states: it tells this firmware's application from other assemblies.</summary>
internal static class AssemblyName
{
    /// <summary>The application that Boot and the virtual board measure.</summary>
    public const string OfApplication = "DevKitDps";

    // nanoFramework's header (CLR_RECORD_ASSEMBLY of nf-interpreter): the name's offset in the table of strings, and where that begins.
    private const int NameOffset = 36;
    private const int StringsOffset = 84;

    /// <summary>Reads the name of an image that <see cref="Dice.FirmwareImage"/> found fit.</summary>
    /// <param name="image">A nanoFramework <c>.pe</c> or a .NET assembly.</param>
    /// <returns>The name, or null when there is none where it should be.</returns>
    public static string? Read(byte[] image)
    {
        if (image is [(byte)'M', (byte)'Z', ..])
        {
            using var reader = new PEReader(new MemoryStream(image));
            MetadataReader metadata = reader.GetMetadataReader();
            return metadata.GetString(metadata.GetAssemblyDefinition().Name);
        }

        uint start = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(StringsOffset))
            + BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(NameOffset));
        if (start >= image.Length)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = image.AsSpan((int)start);
        int length = rest.IndexOf((byte)0);
        return length > 0 ? Encoding.UTF8.GetString(rest[..length]) : null;
    }
}
