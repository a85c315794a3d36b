using System;
using System.Device.I2c;

namespace DevKit.Board.Display
{
    /// <summary>
    /// The board's OLED, 128 x 64 pixels behind an SSD1306, as a screen of text: a title over three lines, each as large as it fits.
    /// It keeps no picture in RAM, and sends only the lines that have changed: 272 bytes on the bus for each, 25 ms at 100 kHz.
    /// </summary>
    /// <remarks>
    /// A missing or failing panel never stops the caller: it shows in <see cref="IsPresent"/>, and every later
    /// <see cref="Show"/> tries to initialise it again. Any thread may call.
    /// </remarks>
    public sealed class TextDisplay
    {
        /// <summary>Control byte (SSD1306, 8.1.5.2): only command bytes follow.</summary>
        private const byte Commands = 0x00;

        private const byte DisplayOff = 0xAE;
        private const byte DisplayOn = 0xAF;

        /// <summary>The lowest row of the title, in the lower of its two pages.</summary>
        private const byte Rule = 0x80;

        /// <summary>
        /// Bytes in front of a page's pixels: three commands, each behind a control byte of its own, and the one for data.
        /// </summary>
        private const int HeaderLength = 7;

        private readonly I2cDevice _device;
        private readonly byte[] _cell = new byte[Font.BoldAdvance];
        private readonly byte[] _upper = NewPage();
        private readonly byte[] _lower = NewPage();

        // What the panel's memory holds, or null when that is not known.
        private TextLayout _shown;
        private bool _isOn;

        /// <summary>Takes and initialises the panel, which stays dark until something is shown.</summary>
        /// <param name="device">The panel on its bus, address 0x3C on the DevKit. It stays the caller's.</param>
        /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
        public TextDisplay(I2cDevice device)
        {
            _device = device ?? throw new ArgumentNullException(nameof(device));
            Initialise();
        }

        /// <summary>Whether the panel has acknowledged everything that was sent to it last.</summary>
        public bool IsPresent { get; private set; }

        /// <summary>Shows a screen. Null or empty leaves a line blank, for the text of the line above to flow into.</summary>
        /// <param name="title">What it is about, in up to 16 characters.</param>
        /// <param name="line1">First line: up to 16 characters are shown large, up to 21 narrow, up to 42 small; more are cut.</param>
        /// <param name="line2">Second line.</param>
        /// <param name="line3">Third line.</param>
        public void Show(string title, string line1, string line2, string line3)
        {
            TextLayout layout = new TextLayout(title, line1, line2, line3);
            lock (_cell)
            {
                if (!IsPresent)
                {
                    Initialise();
                }

                for (int line = 0; IsPresent && line < TextLayout.Lines; line++)
                {
                    if (_shown == null || !layout.HasSameLine(_shown, line))
                    {
                        SendLine(layout, line);
                    }
                }

                if (IsPresent && !_isOn)
                {
                    _isOn = Send(new byte[] { Commands, DisplayOn });
                }

                _shown = IsPresent ? layout : null;
            }
        }

        private static byte[] NewPage()
        {
            byte[] page = new byte[HeaderLength + TextLayout.Width];
            page[0] = 0x80; // one command byte follows: the page, B0 to B7, put in when it is sent
            page[2] = 0x80;
            page[3] = 0x00; // lower nibble of the column
            page[4] = 0x80;
            page[5] = 0x10; // higher nibble of the column
            page[6] = 0x40; // only data follows
            return page;
        }

        /// <summary>
        /// The order and the values of the datasheet's application note ("Software Configuration"), with the two mirrorings
        /// that put this panel upright.
        /// </summary>
        private void Initialise()
        {
            _shown = null;
            _isOn = false;
            Send(new byte[]
            {
                Commands,
                DisplayOff,
                0xA8, 0x3F, // multiplex ratio: 64 rows
                0xD3, 0x00, // display offset
                0x40,       // display start line
                0xA1,       // segment re-map: column 127 is SEG0
                0xC8,       // COM output scan direction: from COM63 to COM0
                0xDA, 0x12, // COM pins: alternative configuration
                0x81, 0x7F, // contrast
                0xA4,       // show what the memory holds
                0xA6,       // a set bit is lit
                0xD5, 0x80, // clock: divided by 1, default frequency
                0x20, 0x02, // page addressing
                0x8D, 0x14, // charge pump on
            });
        }

        private void SendLine(TextLayout layout, int line)
        {
            bool small = layout.Sizes[line] == TextSize.Small;
            DrawRow(layout.Rows[2 * line], layout.Sizes[line], _upper);
            if (small)
            {
                DrawRow(layout.Rows[(2 * line) + 1], TextSize.Small, _lower);
            }

            if (line == 0 && layout.Rows[0].Length > 0)
            {
                for (int i = HeaderLength; i < _lower.Length; i++)
                {
                    _lower[i] |= Rule;
                }
            }

            _upper[1] = (byte)(0xB0 + (2 * line));
            _lower[1] = (byte)(_upper[1] + 1);
            if (Send(_upper))
            {
                Send(_lower);
            }
        }

        /// <summary>Draws a row into a page; letters of double height go on into the lower page.</summary>
        private void DrawRow(string text, TextSize size, byte[] page)
        {
            int x = HeaderLength;
            for (int i = 0; i < text.Length; i++)
            {
                int advance = Font.Draw(text[i], size == TextSize.Large, _cell);
                for (int column = 0; column < advance; column++, x++)
                {
                    if (size == TextSize.Small)
                    {
                        page[x] = _cell[column];
                    }
                    else
                    {
                        int stretched = Stretch(_cell[column]);
                        _upper[x] = (byte)stretched;
                        _lower[x] = (byte)(stretched >> 8);
                    }
                }
            }

            Array.Clear(page, x, page.Length - x);
            if (size != TextSize.Small)
            {
                Array.Clear(_lower, x, _lower.Length - x);
            }
        }

        /// <summary>Each of a column's 8 pixels twice: 16 pixels, bit 0 at the top.</summary>
        private static int Stretch(int column)
        {
            column = (column | (column << 4)) & 0x0F0F;
            column = (column | (column << 2)) & 0x3333;
            column = (column | (column << 1)) & 0x5555;
            return column | (column << 1);
        }

        private bool Send(byte[] bytes)
        {
            try
            {
                IsPresent = _device.Write(bytes).Status == I2cTransferStatus.FullTransfer;
            }
            catch (Exception)
            {
                // A bus that cannot be used at all: the screen is a convenience, the caller's work is not.
                IsPresent = false;
            }

            return IsPresent;
        }
    }
}
