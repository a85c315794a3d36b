namespace DevKit.VirtualParts.Display;

/// <summary>The panel that the SSD1306 drives, which is also all that it can drive.</summary>
public static class PanelSize
{
    /// <summary>Columns.</summary>
    public const int Width = 128;

    /// <summary>Rows.</summary>
    public const int Height = 64;

    /// <summary>Pages: bands of 8 rows, a byte a column.</summary>
    public const int Pages = Height / 8;
}
