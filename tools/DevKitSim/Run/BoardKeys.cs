using DevKit.Board;
using DevKit.Sim.Board;

namespace DevKit.Sim.Run;

/// <summary>The keys that are the board's buttons and plug; every other key is typed into its serial port.</summary>
/// <param name="board">The board.</param>
/// <param name="screenFile">Where the screen is saved.</param>
/// <param name="note">Takes a line for the user.</param>
internal sealed class BoardKeys(VirtualDevKit board, string screenFile, Action<string> note)
{
    /// <summary>The keys, for the user.</summary>
    public const string Help = "Ctrl+A button A  Ctrl+B button B  Ctrl+R reset  Ctrl+P plug  Ctrl+S save screen  Ctrl+X quit";

    /// <summary>Takes a key.</summary>
    /// <returns>False when it asks to quit.</returns>
    public bool Take(ConsoleKeyInfo key)
    {
        if (key.Modifiers != ConsoleModifiers.Control)
        {
            board.TypeSerial(TerminalKeys.ToBytes(key));
            return true;
        }

        switch (key.Key)
        {
            case ConsoleKey.X or ConsoleKey.C:
                return false;
            case ConsoleKey.A:
                Toggle(BoardPins.ButtonA, "A");
                break;
            case ConsoleKey.B:
                Toggle(BoardPins.ButtonB, "B");
                break;
            case ConsoleKey.R:
                note("reset");
                board.Reset();
                break;
            case ConsoleKey.P:
                TogglePlug();
                break;
            case ConsoleKey.S:
                SaveScreen();
                break;
            default:
                board.TypeSerial(TerminalKeys.ToBytes(key));
                break;
        }

        return true;
    }

    private void Toggle(int pin, string name)
    {
        bool pressed = board.IsHigh(pin);
        board.SetButton(pin, pressed);
        note(pressed ? $"button {name} held" : $"button {name} released");
    }

    private void TogglePlug()
    {
        if (board.IsPowered)
        {
            board.PullPlug();
            note("plug pulled");
        }
        else
        {
            note("plugged in");
            board.PlugIn();
        }
    }

    private void SaveScreen()
    {
        try
        {
            ScreenFile.Save(board, screenFile);
            note($"screen saved to {screenFile}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            note($"the screen can't be saved to {screenFile}: {e.Message}");
        }
    }
}
