using System.Buffers;

namespace DevKit.Mqtt.Tests;

/// <summary>Makes one sequence of several pieces, as a pipe would.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    private Segments(ReadOnlyMemory<byte> memory, long index)
    {
        Memory = memory;
        RunningIndex = index;
    }

    internal static ReadOnlySequence<byte> Join(params ReadOnlyMemory<byte>[] pieces)
    {
        var first = new Segments(pieces[0], 0);
        Segments last = first;
        foreach (ReadOnlyMemory<byte> piece in pieces.Skip(1))
        {
            var next = new Segments(piece, last.RunningIndex + last.Memory.Length);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>The bytes in pieces of the given lengths, the last piece as long as it must be.</summary>
    internal static ReadOnlySequence<byte> Cut(byte[] bytes, IEnumerable<int> lengths)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        int start = 0;
        foreach (int length in lengths.TakeWhile(length => start + length < bytes.Length))
        {
            pieces.Add(bytes.AsMemory(start, length));
            start += length;
        }

        return Join([.. pieces, bytes.AsMemory(start)]);
    }
}
