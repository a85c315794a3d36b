using System.Text;

namespace DevKit.VirtualParts.Display;

/// <summary>A picture of pixels that are lit or dark.</summary>
public sealed class PixelImage
{
    private const int BrailleBlank = 0x2800;

    /// <summary>The bit of each of a Braille cell's dots, row by row, two a row (Unicode, 21.1).</summary>
    private static readonly int[] BrailleDots = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

    private readonly bool[] _pixels;

    /// <summary>A picture of what is lit now.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="isLit">Whether the pixel of a column (from the left) and a row (from the top) is lit.</param>
    public PixelImage(int width, int height, Func<int, int, bool> isLit)
    {
        ArgumentNullException.ThrowIfNull(isLit);
        Width = width;
        Height = height;
        _pixels = new bool[width * height];
        for (int i = 0; i < _pixels.Length; i++)
        {
            _pixels[i] = isLit(i % width, i / width);
        }
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Whether any pixel is lit.</summary>
    public bool IsDark => !_pixels.Contains(true);

    /// <summary>Whether a pixel is lit; column from the left, row from the top. Outside of the picture all is dark.</summary>
    public bool this[int x, int y] => x >= 0 && x < Width && y >= 0 && y < Height && _pixels[(y * Width) + x];

    /// <summary>For a wide terminal: a character for each two pixels, one above the other; a line for each two rows, ended by LF.</summary>
    public string ToBlockText() => Draw(1, 2, (x, y) => " ▀▄█"[(this[x, y] ? 1 : 0) + (this[x, y + 1] ? 2 : 0)]);

    /// <summary>For a terminal of 80 columns: a Braille character for each 2 x 4 pixels; a line for each four rows, ended by LF.</summary>
    public string ToBrailleText() => Draw(
        2,
        4,
        (x, y) =>
        {
            int dots = 0;
            for (int i = 0; i < BrailleDots.Length; i++)
            {
                dots |= this[x + (i % 2), y + (i / 2)] ? BrailleDots[i] : 0;
            }

            return (char)(BrailleBlank + dots);
        });

    private string Draw(int columns, int rows, Func<int, int, char> toCharacter)
    {
        var text = new StringBuilder();
        for (int y = 0; y < Height; y += rows)
        {
            for (int x = 0; x < Width; x += columns)
            {
                text.Append(toCharacter(x, y));
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
