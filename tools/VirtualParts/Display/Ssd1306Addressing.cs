namespace DevKit.VirtualParts.Display;

/// <summary>How the SSD1306's pointer moves on after a data byte (10.1.3).</summary>
public enum Ssd1306Addressing
{
    /// <summary>Along a page, then to the next page.</summary>
    Horizontal,

    /// <summary>Down a column, then to the next column.</summary>
    Vertical,

    /// <summary>Along a page, and around in it.</summary>
    Page,
}
