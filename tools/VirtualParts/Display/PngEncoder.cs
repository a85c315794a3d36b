using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DevKit.VirtualParts.Display;

/// <summary>Writes a picture as PNG (ISO/IEC 15948): one bit a pixel, a palette of two colours.</summary>
public static class PngEncoder
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>RGB of a dark and of a lit pixel: black glass, bluish white.</summary>
    private static readonly byte[] Palette = [0x05, 0x08, 0x0C, 0xD6, 0xEE, 0xFF];

    /// <summary>The picture as PNG, each pixel a square.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="scale">Side of a pixel's square, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is less than 1.</exception>
    public static byte[] ToPng(this PixelImage image, int scale)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width * scale);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height * scale);
        header[8] = 1; // bit depth
        header[9] = 3; // indexed colour

        using var png = new MemoryStream();
        png.Write(Signature);
        WriteChunk(png, "IHDR", header);
        WriteChunk(png, "PLTE", Palette);
        WriteChunk(png, "IDAT", Compress(image, scale));
        WriteChunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Compress(PixelImage image, int scale)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int y = 0; y < image.Height; y++)
            {
                // A leading 0: no filter (9.2).
                byte[] row = new byte[1 + (((image.Width * scale) + 7) / 8)];
                for (int x = 0; x < image.Width * scale; x++)
                {
                    row[1 + (x / 8)] |= image[x / scale, y] ? (byte)(0x80 >> (x % 8)) : (byte)0;
                }

                for (int i = 0; i < scale; i++)
                {
                    zlib.Write(row);
                }
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream png, string type, byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32(chunk.AsSpan(4, 4 + data.Length)));
        png.Write(chunk);
    }

    /// <summary>The CRC of a chunk's type and data (PNG, annex D).</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
            }
        }

        return ~crc;
    }
}
