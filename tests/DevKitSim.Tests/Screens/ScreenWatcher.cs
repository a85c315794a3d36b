using DevKit.Support.Machines;

namespace DevKit.Tests;

/// <summary>Remembers every picture that a board's OLED has shown.</summary>
internal sealed class ScreenWatcher
{
    private readonly HashSet<string> _seen = [];
    private readonly Lock _lock = new();
    private string _last = "";

    public ScreenWatcher(TestMachine machine) => machine.Display.Changed += (_, _) =>
    {
        string picture = machine.Display.ToBlockText();
        lock (_lock)
        {
            _seen.Add(picture);
            _last = picture;
        }
    };

    /// <summary>Waits until a screen has been shown. What is asserted is that it comes, not when.</summary>
    public void WaitFor(Screen screen)
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
