using System.Buffers.Binary;
using System.Device.I2c;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using DevKit.Board;
using DevKit.Board.Display;
using DevKit.Support.Boards;
using DevKit.Support.Machines;
using DevKit.VirtualParts.Display;

namespace DevKit.Support.Screens;

/// <summary>Pictures of screens, drawn by the firmware's driver, and as files in docs/screens.</summary>
public static class ScreenPictures
{
    /// <summary>Set to have the files written anew instead of compared.</summary>
    public const string UpdateVariable = "UPDATE_SCREENS";

    private const int Scale = 4;

    public static bool IsUpdate => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(UpdateVariable));

    /// <summary>The repository's folder of pictures.</summary>
    public static string Folder => Path.Combine(RepositoryFolder(), "docs", "screens");

    public static string FileOf(Screen screen) => Path.Combine(Folder, screen.Name + ".png");

    /// <summary>The repository.</summary>
    public static string RepositoryFolder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    /// <summary>What the panel shows of a screen.</summary>
    public static PixelImage Draw(Screen screen)
    {
        using TestMachine machine = new();
        return MachineGate.Use(machine, () =>
        {
            I2cConnectionSettings settings = new(BoardPins.I2cBus, BoardPins.DisplayAddress, I2cBusSpeed.StandardMode);
            TextDisplay display = new(I2cDevice.Create(settings));
            display.Show(screen.Title, screen.Line1, screen.Line2, screen.Line3);
            return machine.Display.Image;
        });
    }

    public static void Write(Screen screen)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(FileOf(screen), Draw(screen).ToPng(Scale));
    }

    /// <summary>Reads the pixels of a file; by pixels and not by bytes, since another zlib packs otherwise.</summary>
    public static string ReadBlockText(string file) => ReadPixels(File.ReadAllBytes(file)).ToBlockText();

    /// <summary>The pixels of a picture of 1 bit a pixel without filters, as the virtual board's encoder writes it.</summary>
    public static PixelImage ReadPixels(byte[] png)
    {
        using MemoryStream packed = new();
        int width = 0;
        int height = 0;
        const int SignatureLength = 8;
        const int ChunkOverhead = 12;
        for (int i = SignatureLength; i < png.Length; i += ChunkOverhead + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(i)))
        {
            ReadOnlySpan<byte> content = png.AsSpan(i + 8, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(i)));
            switch (Encoding.ASCII.GetString(png, i + 4, 4))
            {
                case "IHDR":
                    width = BinaryPrimitives.ReadInt32BigEndian(content);
                    height = BinaryPrimitives.ReadInt32BigEndian(content[4..]);
                    break;
                case "IDAT":
                    packed.Write(content);
                    break;
            }
        }

        packed.Position = 0;
        using ZLibStream zlib = new(packed, CompressionMode.Decompress);
        using MemoryStream rows = new();
        zlib.CopyTo(rows);
        byte[] bits = rows.ToArray();
        int stride = 1 + ((width + 7) / 8);
        bool IsLit(int x, int y) => (bits[(y * Scale * stride) + 1 + (x * Scale / 8)] >> (7 - (x * Scale % 8)) & 1) != 0;
        return new PixelImage(width / Scale, height / Scale, IsLit);
    }
}
