using DevKit.VirtualParts.I2c;
using NanoStandIns;

namespace DevKit.VirtualParts.Display;

/// <summary>
/// An SSD1306 on I2C with the DevKit's panel of 128 x 64 pixels behind it (Solomon Systech, SSD1306 rev 1.1). It keeps the graphic
/// memory and the registers, and shows what the panel would: nothing before the charge pump and the display are on.
/// </summary>
/// <remarks>
/// The panel is mounted upright for a re-mapped segment order (A1) and a reversed COM scan (C8), as on the DevKit. Scrolling is
/// accepted and shows in <see cref="Ssd1306Registers.IsScrolling"/>, but the picture stands still: there is no frame clock.
/// The wiring of the COM pins (DA) is kept without effect.
/// </remarks>
public sealed class Ssd1306 : II2cTarget
{
    private const byte Continuation = 0x80;
    private const byte DataSelect = 0x40;
    private const byte StatusOff = 0x40;

    private readonly object _lock = new();
    private readonly byte[] _memory = new byte[PanelSize.Width * PanelSize.Pages];

    /// <summary>A panel just powered: its memory holds noise, as a real one's does.</summary>
    public Ssd1306() => new Random(1306).NextBytes(_memory);

    /// <summary>Raised after a transfer that may have changed the picture, on the thread of the transfer.</summary>
    public event EventHandler? Changed;

    /// <summary>What the commands have set.</summary>
    public Ssd1306Registers Registers { get; } = new();

    /// <summary>What the panel shows now.</summary>
    public PixelImage Image
    {
        get
        {
            lock (_lock)
            {
                return new PixelImage(PanelSize.Width, PanelSize.Height, IsLit);
            }
        }
    }

    /// <summary>Receives control bytes, commands and data (8.1.5.2).</summary>
    public I2cOutcome Write(ReadOnlySpan<byte> bytes)
    {
        bool changed;
        lock (_lock)
        {
            var before = Registers.Appearance;
            bool written = Execute(bytes);
            var after = Registers.Appearance;
            changed = before != after || (written && after.IsLit);
        }

        if (changed)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }

        return I2cOutcome.Complete;
    }

    /// <summary>Answers the status byte (table 9-2): bit 6 is set while the display is off.</summary>
    public I2cOutcome Read(Span<byte> bytes)
    {
        bytes.Fill(Registers.IsDisplayOn ? (byte)0 : StatusOff);
        return I2cOutcome.Complete;
    }

    /// <summary>The picture in half blocks, <see cref="PixelImage.ToBlockText"/>.</summary>
    public string ToBlockText() => Image.ToBlockText();

    /// <summary>The picture in Braille dots, <see cref="PixelImage.ToBrailleText"/>.</summary>
    public string ToBrailleText() => Image.ToBrailleText();

    /// <summary>The picture as PNG, <see cref="PngEncoder.ToPng"/>.</summary>
    public byte[] ToPng(int scale) => Image.ToPng(scale);

    /// <summary>Executes what a transfer holds; true when the memory has changed.</summary>
    private bool Execute(ReadOnlySpan<byte> bytes)
    {
        bool changed = false;
        int i = 0;
        while (i < bytes.Length)
        {
            byte control = bytes[i++];
            bool isData = (control & DataSelect) != 0;
            int end = (control & Continuation) != 0 ? Math.Min(i + 1, bytes.Length) : bytes.Length;
            for (; i < end; i++)
            {
                if (isData)
                {
                    changed |= Store(bytes[i]);
                }
                else
                {
                    Registers.Write(bytes[i]);
                }
            }
        }

        return changed;
    }

    /// <summary>
    /// Stores 8 pixels, one above the other, and moves on. Re-mapping acts here: it does not move what is stored (10.1.8).
    /// </summary>
    private bool Store(byte pixels)
    {
        int segment = Registers.IsSegmentRemapped ? PanelSize.Width - 1 - Registers.Column : Registers.Column;
        ref byte cell = ref _memory[(Registers.Page * PanelSize.Width) + segment];
        bool changed = cell != pixels;
        cell = pixels;
        Registers.Advance();
        return changed;
    }

    /// <summary>The way of a pixel from the memory to the glass (tables 10-1 and 10-2).</summary>
    private bool IsLit(int x, int y)
    {
        var appearance = Registers.Appearance;
        int com = PanelSize.Height - 1 - y;
        int scanned = appearance.IsScanReversed ? appearance.MultiplexRatio - 1 - com : com;
        int row = (scanned + appearance.Offset + PanelSize.Height) % PanelSize.Height;
        if (!appearance.IsLit || row >= appearance.MultiplexRatio)
        {
            return false;
        }

        int line = (row + appearance.StartLine) % PanelSize.Height;
        bool stored = (_memory[(line / 8 * PanelSize.Width) + PanelSize.Width - 1 - x] >> (line % 8) & 1) != 0;
        return appearance.IsEntireOn || stored != appearance.IsInverted;
    }
}
