namespace DevKit.Board.Display
{
    /// <summary>
    /// The letters of the screen: printable ASCII, drawn for 5 columns of 8 pixels, the lowest row for descenders.
    /// </summary>
    /// <remarks>
    /// A string literal stays in flash and is read there, where a byte array would be copied to the heap for good.
    /// nanoCLR ends a string at a NUL, so each character here is a column's pixels (bit 0 at the top) plus one.
    /// </remarks>
    internal static class Font
    {
        /// <summary>Columns that a bold letter takes, its gap included.</summary>
        internal const int BoldAdvance = 8;

        /// <summary>Columns that a thin letter takes, its gap included.</summary>
        internal const int ThinAdvance = 6;

        private const int NarrowColumns = 5;
        private const int WideColumns = 7;

        private const char First = ' ';
        private const char Box = '\u007F';

        /// <summary>Characters whose inner gaps would close if they were made bold by the rule: they have a drawing of their own.</summary>
        private const string WideCharacters = "\"#$%&*0@MNWmw~";

        private const string Narrow =
            "\u0001\u0001\u0001\u0001\u0001" // blank
            + "\u0001\u0001\u0060\u0001\u0001" // !
            + "\u0001\u0008\u0001\u0008\u0001" // "
            + "\u0015\u0080\u0015\u0080\u0015" // #
            + "\u0025\u002B\u0080\u002B\u0013" // $
            + "\u0064\u0014\u0009\u0065\u0064" // %
            + "\u0037\u004A\u0056\u0023\u0051" // &
            + "\u0001\u0001\u0008\u0001\u0001" // '
            + "\u0001\u001D\u0023\u0042\u0001" // (
            + "\u0001\u0042\u0023\u001D\u0001" // )
            + "\u0015\u0009\u003F\u0009\u0015" // *
            + "\u0009\u0009\u003F\u0009\u0009" // +
            + "\u0001\u0081\u0061\u0021\u0001" // ,
            + "\u0009\u0009\u0009\u0009\u0009" // -
            + "\u0001\u0061\u0061\u0001\u0001" // .
            + "\u0061\u0011\u0009\u0005\u0004" // /
            + "\u003F\u0052\u004A\u0046\u003F" // 0
            + "\u0001\u0043\u0080\u0041\u0001" // 1
            + "\u0043\u0062\u0052\u004A\u0047" // 2
            + "\u0023\u0042\u004A\u004A\u0037" // 3
            + "\u0019\u0015\u0013\u0080\u0011" // 4
            + "\u0028\u0046\u0046\u0046\u003A" // 5
            + "\u003F\u004A\u004A\u004A\u0031" // 6
            + "\u0002\u0002\u0072\u000E\u0004" // 7
            + "\u0037\u004A\u004A\u004A\u0037" // 8
            + "\u0007\u004A\u004A\u004A\u003F" // 9
            + "\u0001\u0067\u0067\u0001\u0001" // :
            + "\u0001\u00A7\u0067\u0001\u0001" // ;
            + "\u0009\u0015\u0023\u0042\u0001" // <
            + "\u0015\u0015\u0015\u0015\u0015" // =
            + "\u0001\u0042\u0023\u0015\u0009" // >
            + "\u0003\u0002\u0052\u000A\u0007" // ?
            + "\u003F\u0042\u005E\u0056\u005F" // @
            + "\u007F\u000A\u000A\u000A\u007F" // A
            + "\u0080\u004A\u004A\u004A\u0037" // B
            + "\u003F\u0042\u0042\u0042\u0023" // C
            + "\u0080\u0042\u0042\u0042\u003F" // D
            + "\u0080\u004A\u004A\u004A\u0042" // E
            + "\u0080\u000A\u000A\u000A\u0002" // F
            + "\u003F\u0042\u0042\u004A\u003B" // G
            + "\u0080\u0009\u0009\u0009\u0080" // H
            + "\u0001\u0042\u0080\u0042\u0001" // I
            + "\u0021\u0041\u0042\u0040\u0002" // J
            + "\u0080\u0009\u0015\u0023\u0042" // K
            + "\u0080\u0041\u0041\u0041\u0041" // L
            + "\u0080\u0003\u000D\u0003\u0080" // M
            + "\u0080\u0007\u0009\u0031\u0080" // N
            + "\u003F\u0042\u0042\u0042\u003F" // O
            + "\u0080\u000A\u000A\u000A\u0007" // P
            + "\u003F\u0042\u0052\u0022\u005F" // Q
            + "\u0080\u000A\u001A\u002A\u0047" // R
            + "\u0027\u004A\u004A\u004A\u0033" // S
            + "\u0002\u0002\u0080\u0002\u0002" // T
            + "\u0040\u0041\u0041\u0041\u0040" // U
            + "\u0010\u0031\u0041\u0031\u0010" // V
            + "\u0080\u0021\u0019\u0021\u0080" // W
            + "\u0064\u0015\u0009\u0015\u0064" // X
            + "\u0004\u0005\u0079\u0005\u0004" // Y
            + "\u0062\u0052\u004A\u0046\u0044" // Z
            + "\u0001\u0080\u0042\u0042\u0001" // [
            + "\u0004\u0005\u0009\u0011\u0061" // \
            + "\u0001\u0042\u0042\u0080\u0001" // ]
            + "\u0005\u0003\u0002\u0003\u0005" // ^
            + "\u0081\u0081\u0081\u0081\u0081" // _
            + "\u0001\u0002\u0003\u0005\u0001" // `
            + "\u0021\u0055\u0055\u0055\u0079" // a
            + "\u0080\u0045\u0045\u0045\u0039" // b
            + "\u0039\u0045\u0045\u0045\u0045" // c
            + "\u0039\u0045\u0045\u0045\u0080" // d
            + "\u0039\u0055\u0055\u0055\u0059" // e
            + "\u0009\u007F\u000A\u000A\u0001" // f
            + "\u0019\u00A5\u00A5\u00A5\u007D" // g
            + "\u0080\u0005\u0005\u0005\u0079" // h
            + "\u0001\u0045\u007E\u0041\u0001" // i
            + "\u0041\u0081\u0085\u007E\u0001" // j
            + "\u0080\u0011\u0029\u0045\u0001" // k
            + "\u0001\u0042\u0080\u0041\u0001" // l
            + "\u007D\u0005\u007D\u0005\u0079" // m
            + "\u007D\u0005\u0005\u0005\u0079" // n
            + "\u0039\u0045\u0045\u0045\u0039" // o
            + "\u00FD\u0045\u0045\u0045\u0039" // p
            + "\u0039\u0045\u0045\u0045\u00FD" // q
            + "\u007D\u0009\u0005\u0005\u0009" // r
            + "\u0049\u0055\u0055\u0055\u0025" // s
            + "\u0005\u0040\u0045\u0045\u0001" // t
            + "\u003D\u0041\u0041\u0041\u007D" // u
            + "\u000D\u0031\u0041\u0031\u000D" // v
            + "\u003D\u0041\u003D\u0041\u003D" // w
            + "\u0045\u0029\u0011\u0029\u0045" // x
            + "\u001D\u00A1\u00A1\u00A1\u007D" // y
            + "\u0045\u0065\u0055\u004D\u0045" // z
            + "\u0001\u0009\u0078\u0042\u0001" // {
            + "\u0001\u0001\u0100\u0001\u0001" // |
            + "\u0001\u0042\u0078\u0009\u0001" // }
            + "\u0009\u0005\u0009\u0011\u0009" // ~
            + "\u0080\u0042\u0042\u0042\u0080"; // box, for what has no glyph

        private const string Wide =
            "\u0008\u0008\u0001\u0008\u0008\u0001\u0001" // "
            + "\u0015\u0080\u0080\u0015\u0080\u0080\u0015" // #
            + "\u0025\u002F\u002B\u0080\u002B\u003B\u0013" // $
            + "\u0064\u0034\u0019\u000D\u0067\u0064\u0002" // %
            + "\u0033\u0080\u004E\u0058\u0033\u0079\u0041" // &
            + "\u0015\u0009\u003F\u003F\u0009\u0015\u0001" // *
            + "\u003F\u0080\u0052\u004A\u0046\u0080\u003F" // 0
            + "\u003F\u0080\u0042\u005E\u0056\u0060\u001F" // @
            + "\u0080\u0080\u0007\u001D\u0007\u0080\u0080" // M
            + "\u0080\u0080\u0007\u000D\u0019\u0080\u0080" // N
            + "\u0080\u0080\u0031\u001D\u0031\u0080\u0080" // W
            + "\u007D\u007D\u0005\u007D\u0005\u007D\u0079" // m
            + "\u003D\u007D\u0061\u003D\u0061\u007D\u003D" // w
            + "\u0019\u000D\u000D\u001D\u0019\u0019\u000D"; // ~

        /// <summary>Draws a character into a cell. What has no drawing is shown as a box.</summary>
        /// <param name="character">Character to draw.</param>
        /// <param name="bold">Strokes of two columns instead of one.</param>
        /// <param name="cell">Takes a byte a column, bit 0 at the top.</param>
        /// <returns>Columns drawn: <see cref="BoldAdvance"/> or <see cref="ThinAdvance"/>.</returns>
        internal static int Draw(char character, bool bold, byte[] cell)
        {
            int wide = bold ? WideCharacters.IndexOf(character) : -1;
            char[] drawing = wide >= 0
                ? Wide.ToCharArray(wide * WideColumns, WideColumns)
                : Narrow.ToCharArray((IsPrintable(character) ? character - First : Box - First) * NarrowColumns, NarrowColumns);
            bool smear = bold && wide < 0;
            int advance = bold ? BoldAdvance : ThinAdvance;
            int left = 0;
            for (int i = 0; i < advance; i++)
            {
                int column = i < drawing.Length ? drawing[i] - 1 : 0;
                cell[i] = (byte)(smear ? column | left : column);
                left = column;
            }

            return advance;
        }

        private static bool IsPrintable(char character)
        {
            return character >= First && character < Box;
        }
    }
}
