namespace System;

/// <summary>nanoFramework's span of bytes, over .NET's.</summary>
public readonly ref struct SpanByte
{
    private readonly Span<byte> _span;

    public SpanByte(byte[] array) => _span = array;

    public SpanByte(byte[] array, int start, int length) => _span = new Span<byte>(array, start, length);

    private SpanByte(Span<byte> span) => _span = span;

    public static SpanByte Empty => default;

    public int Length => _span.Length;

    public bool IsEmpty => _span.IsEmpty;

    public byte this[int index]
    {
        get => _span[index];
        set => _span[index] = value;
    }

    public static implicit operator SpanByte(byte[] array) => new(array);

    public void CopyTo(SpanByte destination) => _span.CopyTo(destination._span);

    public SpanByte Slice(int start) => new(_span[start..]);

    public SpanByte Slice(int start, int length) => new(_span.Slice(start, length));

    public byte[] ToArray() => _span.ToArray();

    /// <summary>The bytes as .NET knows them, for the other stand-ins.</summary>
    internal Span<byte> AsSpan() => _span;
}
