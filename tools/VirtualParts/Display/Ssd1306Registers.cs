namespace DevKit.VirtualParts.Display;

/// <summary>
/// The SSD1306's registers and the commands that set them (table 9-1): what a command leaves behind can be read here.
/// After power-on they hold the datasheet's reset values.
/// </summary>
public sealed class Ssd1306Registers
{
    private readonly List<string> _invalidCommands = [];
    private readonly byte[] _command = new byte[7];
    private int _received;

    internal Ssd1306Registers()
    {
    }

    /// <summary>AE, AF: whether the panel shows anything.</summary>
    public bool IsDisplayOn { get; private set; }

    /// <summary>8D: whether the charge pump drives the panel; on the DevKit there is no other supply.</summary>
    public bool IsChargePumpOn { get; private set; }

    /// <summary>A6, A7: whether a cleared bit is lit instead of a set one.</summary>
    public bool IsInverted { get; private set; }

    /// <summary>A4, A5: whether every pixel is lit, whatever the memory holds.</summary>
    public bool IsEntireOn { get; private set; }

    /// <summary>81: contrast, 0 to 255.</summary>
    public byte Contrast { get; private set; } = 0x7F;

    /// <summary>20: how the pointer moves on.</summary>
    public Ssd1306Addressing Addressing { get; private set; } = Ssd1306Addressing.Page;

    /// <summary>21, 00 to 0F, 10 to 1F: the column that the next data byte goes to.</summary>
    public int Column { get; private set; }

    /// <summary>22, B0 to B7: the page of 8 rows that the next data byte goes to.</summary>
    public int Page { get; private set; }

    /// <summary>21: first column of the horizontal and vertical modes.</summary>
    public int FirstColumn { get; private set; }

    /// <summary>21: last column of the horizontal and vertical modes.</summary>
    public int LastColumn { get; private set; } = PanelSize.Width - 1;

    /// <summary>22: first page of the horizontal and vertical modes.</summary>
    public int FirstPage { get; private set; }

    /// <summary>22: last page of the horizontal and vertical modes.</summary>
    public int LastPage { get; private set; } = PanelSize.Pages - 1;

    /// <summary>40 to 7F: the row of the memory that is shown first.</summary>
    public int StartLine { get; private set; }

    /// <summary>A0, A1: whether column 127 is SEG0.</summary>
    public bool IsSegmentRemapped { get; private set; }

    /// <summary>C0, C8: whether the COM outputs are scanned from the last to the first.</summary>
    public bool IsScanReversed { get; private set; }

    /// <summary>A8: rows that are driven, 16 to 64.</summary>
    public int MultiplexRatio { get; private set; } = PanelSize.Height;

    /// <summary>D3: vertical shift in rows, 0 to 63.</summary>
    public int Offset { get; private set; }

    /// <summary>DA: how the COM pins are wired, as sent.</summary>
    public byte ComPins { get; private set; } = 0x12;

    /// <summary>D5: clock divider and oscillator frequency, as sent.</summary>
    public byte Clock { get; private set; } = 0x80;

    /// <summary>D9: pre-charge period, as sent.</summary>
    public byte Precharge { get; private set; } = 0x22;

    /// <summary>DB: V COMH deselect level, as sent.</summary>
    public byte DeselectLevel { get; private set; } = 0x20;

    /// <summary>2E, 2F: whether scrolling is on.</summary>
    public bool IsScrolling { get; private set; }

    /// <summary>26, 27, 29, 2A: the last scroll set-up, command and parameters; empty when there was none.</summary>
    public IReadOnlyList<byte> ScrollSetup { get; private set; } = [];

    /// <summary>A3: rows above the area that scrolls vertically, and rows in it.</summary>
    public (int Above, int Rows) ScrollArea { get; private set; } = (0, PanelSize.Height);

    /// <summary>What no SSD1306 understands: unknown commands and parameters out of range, in order.</summary>
    public IReadOnlyList<string> InvalidCommands => _invalidCommands;

    /// <summary>All that decides how the memory looks on the panel.</summary>
    internal (bool IsLit, bool IsInverted, bool IsEntireOn, int StartLine, bool IsScanReversed, int MultiplexRatio, int Offset) Appearance
        => (IsDisplayOn && IsChargePumpOn, IsInverted, IsEntireOn, StartLine, IsScanReversed, MultiplexRatio, Offset);

    /// <summary>Receives a byte of a command, which may be spread over transfers, and executes the command when it is whole.</summary>
    internal void Write(byte value)
    {
        _command[_received++] = value;
        if (_received > CountParameters(_command[0]))
        {
            _received = 0;
            if (!TrySetAddress(_command) && !TrySetPicture(_command) && !TrySetDriver(_command) && !TrySetScroll(_command))
            {
                _invalidCommands.Add($"{Convert.ToHexString(_command, 0, CountParameters(_command[0]) + 1)} is no command of the SSD1306");
            }
        }
    }

    /// <summary>Moves the pointer behind a data byte (10.1.3).</summary>
    internal void Advance()
    {
        switch (Addressing)
        {
            case Ssd1306Addressing.Page:
                Column = (Column + 1) % PanelSize.Width;
                break;
            case Ssd1306Addressing.Horizontal:
                Column = Next(Column, FirstColumn, LastColumn);
                Page = Column == FirstColumn ? Next(Page, FirstPage, LastPage) : Page;
                break;
            default:
                Page = Next(Page, FirstPage, LastPage);
                Column = Page == FirstPage ? Next(Column, FirstColumn, LastColumn) : Column;
                break;
        }
    }

    private static int Next(int value, int first, int last) => value == last ? first : value + 1;

    private static int CountParameters(byte command) => command switch
    {
        0x20 or 0x81 or 0x8D or 0xA8 or 0xD3 or 0xD5 or 0xD9 or 0xDA or 0xDB => 1,
        0x21 or 0x22 or 0xA3 => 2,
        0x29 or 0x2A => 5,
        0x26 or 0x27 => 6,
        _ => 0,
    };

    private bool TrySetAddress(byte[] command)
    {
        switch (command[0])
        {
            case <= 0x0F:
                Column = (Column & 0x70) | command[0];
                return true;
            case <= 0x17:
                Column = (Column & 0x0F) | ((command[0] & 7) << 4);
                return true;
            case 0x20 when command[1] <= (byte)Ssd1306Addressing.Page:
                Addressing = (Ssd1306Addressing)command[1];
                return true;
            case 0x21 when command[1] <= command[2] && command[2] < PanelSize.Width:
                (FirstColumn, LastColumn, Column) = (command[1], command[2], command[1]);
                return true;
            case 0x22 when command[1] <= command[2] && command[2] < PanelSize.Pages:
                (FirstPage, LastPage, Page) = (command[1], command[2], command[1]);
                return true;
            case >= 0xB0 and <= 0xB7:
                Page = command[0] & 7;
                return true;
            default:
                return false;
        }
    }

    private bool TrySetPicture(byte[] command)
    {
        switch (command[0])
        {
            case >= 0x40 and <= 0x7F:
                StartLine = command[0] & 0x3F;
                return true;
            case 0x81:
                Contrast = command[1];
                return true;
            case 0xA4 or 0xA5:
                IsEntireOn = command[0] == 0xA5;
                return true;
            case 0xA6 or 0xA7:
                IsInverted = command[0] == 0xA7;
                return true;
            case 0xAE or 0xAF:
                IsDisplayOn = command[0] == 0xAF;
                return true;
            case 0xE3:
                return true;
            default:
                return false;
        }
    }

    private bool TrySetDriver(byte[] command)
    {
        switch (command[0])
        {
            case 0x8D when (command[1] & ~0x04) == 0x10:
                IsChargePumpOn = command[1] == 0x14;
                return true;
            case 0xA0 or 0xA1:
                IsSegmentRemapped = command[0] == 0xA1;
                return true;
            case 0xA8 when command[1] is >= 15 and < PanelSize.Height:
                MultiplexRatio = command[1] + 1;
                return true;
            case 0xC0 or 0xC8:
                IsScanReversed = command[0] == 0xC8;
                return true;
            case 0xD3 when command[1] < PanelSize.Height:
                Offset = command[1];
                return true;
            case 0xD5:
                Clock = command[1];
                return true;
            case 0xD9 when (command[1] & 0x0F) != 0 && command[1] >> 4 != 0:
                Precharge = command[1];
                return true;
            case 0xDA when (command[1] & ~0x30) == 0x02:
                ComPins = command[1];
                return true;
            case 0xDB when command[1] is 0x00 or 0x20 or 0x30:
                DeselectLevel = command[1];
                return true;
            default:
                return false;
        }
    }

    private bool TrySetScroll(byte[] command)
    {
        switch (command[0])
        {
            case 0x26 or 0x27 or 0x29 or 0x2A when command[2] <= command[4] && command[4] < PanelSize.Pages:
                ScrollSetup = command[..(CountParameters(command[0]) + 1)];
                return true;
            case 0x2E or 0x2F:
                IsScrolling = command[0] == 0x2F;
                return true;
            case 0xA3 when command[1] + command[2] <= MultiplexRatio:
                ScrollArea = (command[1], command[2]);
                return true;
            default:
                return false;
        }
    }
}
