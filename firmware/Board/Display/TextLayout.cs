namespace DevKit.Board.Display
{
    /// <summary>The sizes in which a line is shown.</summary>
    internal enum TextSize : byte
    {
        /// <summary>6 x 8 pixels: two rows of 21 characters in the height of one line.</summary>
        Small,

        /// <summary>6 x 16 pixels: 21 characters in a line.</summary>
        Tall,

        /// <summary>8 x 16 pixels, bold: 16 characters in a line.</summary>
        Large,
    }

    /// <summary>
    /// Where the text of a screen goes: four lines of 16 pixels, the title and three more. Each text is as large as it fits into its
    /// line, and into the empty lines that follow it; it is broken at a blank or behind a hyphen or a full stop, and only
    /// what is too long even in small letters is broken anywhere, and cut with three dots.
    /// </summary>
    internal sealed class TextLayout
    {
        /// <summary>Lines of a screen, the title included.</summary>
        internal const int Lines = 4;

        /// <summary>Width of the screen in pixels.</summary>
        internal const int Width = 128;

        private const string Ellipsis = "...";

        /// <summary>Lays a screen out.</summary>
        internal TextLayout(string title, string line1, string line2, string line3)
        {
            for (int i = 0; i < Rows.Length; i++)
            {
                Rows[i] = "";
            }

            Place(title, 0, 1);
            Place(line1, 1, !IsEmpty(line2) ? 1 : !IsEmpty(line3) ? 2 : 3);
            Place(line2, 2, !IsEmpty(line3) ? 1 : 2);
            Place(line3, 3, 1);
        }

        /// <summary>The size of each line.</summary>
        internal TextSize[] Sizes { get; } = new TextSize[Lines];

        /// <summary>The text, two rows a line: the second is used by <see cref="TextSize.Small"/> alone.</summary>
        internal string[] Rows { get; } = new string[2 * Lines];

        /// <summary>Whether a line looks the same in another layout.</summary>
        internal bool HasSameLine(TextLayout other, int line)
        {
            return Sizes[line] == other.Sizes[line]
                && Rows[2 * line] == other.Rows[2 * line]
                && Rows[(2 * line) + 1] == other.Rows[(2 * line) + 1];
        }

        private static bool IsEmpty(string text)
        {
            return text == null || text.Length == 0;
        }

        private void Place(string text, int line, int lines)
        {
            if (IsEmpty(text))
            {
                return;
            }

            if (!Fill(text, line, lines, TextSize.Large, false)
                && !Fill(text, line, lines, TextSize.Tall, false)
                && !Fill(text, line, lines, TextSize.Small, false)
                && !Fill(text, line, lines, TextSize.Small, true))
            {
                int last = (2 * (line + lines)) - 1;
                Rows[last] = Rows[last].Substring(0, Rows[last].Length - Ellipsis.Length) + Ellipsis;
            }
        }

        /// <summary>Fills the rows of some lines; false when text is left over, or (unless allowed) a word would be broken.</summary>
        private bool Fill(string text, int line, int lines, TextSize size, bool breakAnywhere)
        {
            int width = size == TextSize.Large ? Width / Font.BoldAdvance : Width / Font.ThinAdvance;
            int step = size == TextSize.Small ? 1 : 2;
            int start = 0;
            for (int row = 2 * line; row < 2 * (line + lines); row += step)
            {
                Sizes[row / 2] = size;
                int end = text.Length - start <= width ? text.Length : breakAnywhere ? start + width : FindBreak(text, start, width);
                if (end < 0)
                {
                    return false;
                }

                Rows[row] = text.Substring(start, end - start);
                start = end < text.Length && text[end] == ' ' ? end + 1 : end;
            }

            return start == text.Length;
        }

        /// <summary>Where a row that begins at <paramref name="start"/> ends at the latest without breaking a word, or -1.</summary>
        private static int FindBreak(string text, int start, int width)
        {
            for (int end = start + width; end > start; end--)
            {
                if (text[end] == ' ' || text[end - 1] == ' ' || text[end - 1] == '-' || text[end - 1] == '.')
                {
                    return end;
                }
            }

            return -1;
        }
    }
}
