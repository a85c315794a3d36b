using System.Buffers.Binary;

namespace DevKit.VirtualMcu.Link;

/// <summary>Frames over a pair of pipes: message (1 byte), length (4 bytes, little-endian), content.</summary>
public sealed class BoardLink(Stream input, Stream output)
{
    private const int HeaderLength = 5;
    private const int LongestContent = 1 << 20;

    private readonly Lock _writeLock = new();

    /// <summary>Sends a frame; safe from several threads.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public void Send(LinkMessage message, ReadOnlySpan<byte> content)
    {
        byte[] frame = new byte[HeaderLength + content.Length];
        frame[0] = (byte)message;
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(1), content.Length);
        content.CopyTo(frame.AsSpan(HeaderLength));
        lock (_writeLock)
        {
            output.Write(frame);
            output.Flush();
        }
    }

    /// <summary>Waits for the next frame; from one thread only.</summary>
    /// <returns>False when the other side is gone.</returns>
    public bool TryReceive(out LinkMessage message, out byte[] content)
    {
        message = default;
        content = [];
        byte[] header = new byte[HeaderLength];
        try
        {
            if (input.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
            {
                return false;
            }

            message = (LinkMessage)header[0];
            int length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(1));
            if (length is < 0 or > LongestContent)
            {
                return false;
            }

            content = new byte[length];
            return input.ReadAtLeast(content, length, throwOnEndOfStream: false) == length;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false;
        }
    }
}
