using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using DevKit.VirtualParts.Display;

namespace DevKit.Board.Tests.Display;

[TestClass]
public sealed class PixelImageTests
{
    [TestMethod]
    public void Block_text_has_two_pixels_a_character()
    {
        var image = new PixelImage(4, 2, (x, y) => (x >> y & 1) != 0);

        Assert.AreEqual(" ▀▄█\n", image.ToBlockText());
    }

    [TestMethod]
    public void Braille_text_has_eight_pixels_a_character()
    {
        for (int dot = 0; dot < 8; dot++)
        {
            // U+2800 and a bit a dot: 1 to 3 and 7 down the left, 4 to 6 and 8 down the right.
            (int x, int y) = dot switch { < 3 => (0, dot), < 6 => (1, dot - 3), 6 => (0, 3), _ => (1, 3) };
            var image = new PixelImage(2, 4, (column, row) => column == x && row == y);
            Assert.AreEqual($"{(char)(0x2800 + (1 << dot))}\n", image.ToBrailleText());
        }
    }

    [TestMethod]
    public void Outside_of_the_picture_all_is_dark()
    {
        var image = new PixelImage(3, 3, (_, _) => true);

        Assert.IsFalse(image[-1, 0] || image[0, -1] || image[3, 0] || image[0, 3]);
        Assert.AreEqual("███\n▀▀▀\n", image.ToBlockText());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Png_holds_the_pixels(int scale)
    {
        var random = new Random(7);
        bool[] pixels = [.. Enumerable.Range(0, 13 * 5).Select(_ => random.Next(2) != 0)];
        var image = new PixelImage(13, 5, (x, y) => pixels[(y * 13) + x]);

        Dictionary<string, byte[]> chunks = ReadChunks(image.ToPng(scale));

        CollectionAssert.AreEqual(new[] { "IHDR", "PLTE", "IDAT", "IEND" }, chunks.Keys.ToArray());
        Assert.AreEqual(13 * scale, BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"]));
        Assert.AreEqual(5 * scale, BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"].AsSpan(4)));
        CollectionAssert.AreEqual(new byte[] { 1, 3, 0, 0, 0 }, chunks["IHDR"][8..]);
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress))
        {
            zlib.CopyTo(rows);
        }

        byte[] bits = rows.ToArray();
        int stride = 1 + (((13 * scale) + 7) / 8);
        Assert.HasCount(stride * 5 * scale, bits);
        for (int y = 0; y < 5 * scale; y++)
        {
            Assert.AreEqual(0, bits[y * stride], "no filter");
            for (int x = 0; x < 13 * scale; x++)
            {
                bool lit = (bits[(y * stride) + 1 + (x / 8)] >> (7 - (x % 8)) & 1) != 0;
                Assert.AreEqual(image[x / scale, y / scale], lit, $"{x}, {y}");
            }
        }
    }

    [TestMethod]
    public void Png_ends_with_the_chunk_that_every_PNG_ends_with()
    {
        byte[] png = new PixelImage(1, 1, (_, _) => true).ToPng(1);

        Assert.AreEqual("0000000049454E44AE426082", Convert.ToHexString(png[^12..]));
    }

    [TestMethod]
    public void Scale_below_one_is_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new PixelImage(1, 1, (_, _) => true).ToPng(0));
    }

    private static Dictionary<string, byte[]> ReadChunks(byte[] png)
    {
        Assert.AreEqual("89504E470D0A1A0A", Convert.ToHexString(png[..8]));
        var chunks = new Dictionary<string, byte[]>();
        for (int i = 8; i < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(i));
            chunks.Add(Encoding.ASCII.GetString(png, i + 4, 4), png[(i + 8)..(i + 8 + length)]);
            i += 12 + length;
        }

        return chunks;
    }
}
