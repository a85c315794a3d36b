using DevKit.Board;
using DevKit.StSafe;
using DevKit.VirtualParts.Display;
using DevKit.VirtualParts.I2c;
using DevKit.VirtualParts.StSafe;

namespace DevKit.Sim.Board;

/// <summary>The I2C bus and the two parts on it. Without power they forget all but what is in the secure element's file.</summary>
internal sealed class BusParts
{
    private readonly FileChipStore _chipStore;
    private readonly PartSocket _chipSocket = new();
    private readonly PartSocket _displaySocket = new();

    /// <summary>Solders the parts on; they have no power yet.</summary>
    /// <param name="chipFile">The file that keeps the secure element's zones.</param>
    public BusParts(string chipFile)
    {
        _chipStore = new FileChipStore(chipFile);
        Bus.Attach(BoardPins.DisplayAddress, _displaySocket);
        Bus.Attach(StSafeA100.DefaultI2cAddress, _chipSocket);
    }

    /// <summary>The bus.</summary>
    public I2cBus Bus { get; } = new();

    /// <summary>The OLED; another one after each power-on, a dark one without power.</summary>
    public Ssd1306 Display { get; private set; } = new();

    /// <summary>The secure element, or null without power.</summary>
    public VirtualStSafe? Chip { get; private set; }

    /// <summary>Gives the parts power.</summary>
    /// <param name="displayChanged">Called when the picture may have changed, on the thread of the transfer.</param>
    /// <exception cref="IOException">The secure element's file can't be read.</exception>
    /// <exception cref="InvalidDataException">The secure element's file is damaged.</exception>
    public void PowerOn(Action displayChanged)
    {
        Chip = new VirtualStSafe(_chipStore);
        Display = new Ssd1306();
        Display.Changed += (_, _) => displayChanged();
        _displaySocket.Part = Display;
        _chipSocket.Part = Chip;
    }

    /// <summary>Takes the power away. When this returns, nothing reaches the secure element's file any more.</summary>
    public void PowerOff()
    {
        _chipSocket.Part = null;
        _displaySocket.Part = null;

        // A probe waits for the transfer that is under way.
        Bus.Transfer(BoardPins.DisplayAddress, [], []);
        Chip = null;
        Display = new Ssd1306();
    }
}
