using DevKit.VirtualParts.Display;

namespace DevKit.Board.Tests.Display;

/// <summary>
/// Reads the text off a picture of the screen, by the shapes of the letters: it has every one drawn in every size once and
/// looks them up again. That the shapes are letters, the golden screens show. A title so long that it is small is not read.
/// </summary>
internal sealed class ScreenReader
{
    private const int LineHeight = 16;

    /// <summary>The sizes, and what makes a line so long that it is shown in that size.</summary>
    private static readonly (string Name, int Width, int Height, string Filler)[] Sizes =
        [("large", 8, 16, ""), ("tall", 6, 16, new string('.', 17)), ("small", 6, 8, new string('.', 22))];

    private readonly Dictionary<string, char>[] _shapes = [[], [], []];

    /// <summary>Learns the letters.</summary>
    /// <exception cref="ArgumentException">Two look the same.</exception>
    public ScreenReader()
    {
        for (int size = 0; size < Sizes.Length; size++)
        {
            for (char character = ' '; character < '\u007F'; character++)
            {
                var bus = new DisplayBus();
                bus.OpenDisplay().Show("", character + Sizes[size].Filler, "-", "");
                _shapes[size].Add(GetShape(bus.Panel!.Image, 0, LineHeight, size), character);
            }
        }
    }

    /// <summary>The four lines of a screen as "size: text", the two rows of a small line joined by a line feed.</summary>
    public string[] Read(PixelImage image) => [.. Enumerable.Range(0, 4).Select(line => ReadLine(image, line * LineHeight))];

    private string ReadLine(PixelImage image, int y)
    {
        for (int size = 0; size < Sizes.Length; size++)
        {
            string text = ReadRow(image, y, size);
            text += Sizes[size].Height < LineHeight ? "\n" + ReadRow(image, y + Sizes[size].Height, size) : "";
            if (!text.Contains('\0'))
            {
                return text.Length == 0 ? "" : $"{Sizes[size].Name}: {text}";
            }
        }

        throw new InvalidDataException("A line that no size's letters explain:\n" + image.ToBlockText());
    }

    private string ReadRow(PixelImage image, int y, int size)
    {
        var letters = Enumerable.Range(0, image.Width / Sizes[size].Width)
            .Select(i => _shapes[size].GetValueOrDefault(GetShape(image, i * Sizes[size].Width, y, size)));
        return string.Concat(letters).TrimEnd(' ');
    }

    /// <summary>The pixels of a cell, but for the lowest row of a line: under the title there is a rule.</summary>
    private static string GetShape(PixelImage image, int x, int y, int size)
        => string.Concat(
            from row in Enumerable.Range(0, Math.Min(Sizes[size].Height, LineHeight - 1))
            from column in Enumerable.Range(0, Sizes[size].Width)
            select image[x + column, y + row] ? '#' : ' ');
}
