using System.Text;
using DevKit.Boot;
using DevKit.Boot.Settings;
using DevKit.Dice;
using DevKit.Support.Machines;

namespace DevKit.Support.Screens;

/// <summary>Firmware on a board in this process, whose OLED's every picture is remembered.</summary>
public sealed class ScreenBoard : IDisposable
{
    private readonly HashSet<string> _seen = [];
    private readonly Lock _lock = new();
    private string _last = "";
    private BoardParts? _parts;

    public ScreenBoard() => Machine.Display.Changed += (_, _) =>
    {
        string picture = Machine.Display.ToBlockText();
        lock (_lock)
        {
            _seen.Add(picture);
            _last = picture;
        }
    };

    public TestMachine Machine { get; } = new();

    private BoardParts Parts => _parts ?? throw new InvalidOperationException("Open the board first.");

    /// <summary>Makes this the board that the firmware sees, and finds its parts.</summary>
    public void Open()
    {
        Machine.Install();
        _parts = BoardParts.Open();
    }

    /// <summary>Writes to the chip past the console, and past its rules.</summary>
    public void WriteZone(byte zone, string text) => Parts.Chip.UpdateZone(zone, 0, Encoding.ASCII.GetBytes(text));

    /// <summary>Stores a setting, as the console does.</summary>
    public void Set(Setting setting, string text) => Parts.Store.Write(setting, Encoding.UTF8.GetBytes(text));

    /// <summary>Starts Boot with an application image, or without one.</summary>
    public void Run(byte[]? image)
    {
        FirmwareImage measured = image == null ? FirmwareImage.WithoutApplication(BootVersion.Text) : FirmwareImage.Read(image);
        TestMachine.Start(new FirstStage(Parts, measured, buttonWindow: 0).Run);
    }

    /// <summary>Waits until screens have been shown. What is asserted is that they come, not when.</summary>
    /// <param name="names">Their names, with commas between.</param>
    public void WaitFor(string names)
    {
        foreach (string name in names.Split(','))
        {
            WaitFor(Screen.Find(name));
        }
    }

    public void Dispose() => Machine.Dispose();

    private void WaitFor(Screen screen)
    {
        string picture = ScreenPictures.ReadBlockText(ScreenPictures.FileOf(screen));
        for (int i = 0; i < 3000; i++)
        {
            lock (_lock)
            {
                if (_seen.Contains(picture))
                {
                    return;
                }
            }

            Thread.Sleep(10);
        }

        Assert.Fail($"The screen \"{screen.Name}\" was not shown:\n{picture}\nThe last one was:\n{_last}");
    }
}
