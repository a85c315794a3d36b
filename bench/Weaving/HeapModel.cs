using System.Reflection;

namespace DevKit.Bench.Weaving;

/// <summary>
/// What an object takes on nanoCLR's heap, which is made of blocks of 12 bytes on a 32-bit chip (its CLR_RT_HeapBlock): an object is a
/// block and one more for each field; an array is a header of 20 bytes and its elements, packed if they are numbers, a block each if they
/// are references; a string is a block and its UTF-8 bytes with a NUL.
/// </summary>
public static class HeapModel
{
    private const int Block = 12;
    private const int ArrayHeader = 20;

    /// <summary>The size of an object in bytes.</summary>
    public static int SizeOf(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value switch
        {
            string text => RoundUp(Block + text.Length + 1),
            Array array => RoundUp(ArrayHeader + array.Length * ElementSize(array.GetType().GetElementType()!)),
            _ => Block * (1 + CountFields(value.GetType())),
        };
    }

    private static int RoundUp(int size) => (size + Block - 1) / Block * Block;

    private static int ElementSize(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => 1,
        TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => 2,
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
        TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => 8,
        _ => Block,
    };

    private static int CountFields(Type type)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        int count = 0;
        for (Type? t = type; t is not null && t != typeof(object); t = t.BaseType)
        {
            count += t.GetFields(Own).Length;
        }

        return count;
    }
}
