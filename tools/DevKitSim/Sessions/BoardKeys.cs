using DevKit.Board;
using DevKit.Sim.Board;

namespace DevKit.Sim.Sessions;

/// <summary>The keys that are the board's buttons and plug; every other key is typed into its serial port.</summary>
/// <param name="board">The board.</param>
/// <param name="screenFile">Where the screen is saved.</param>
/// <param name="note">Called with a line for the user.</param>
internal sealed class BoardKeys(VirtualDevKit board, string screenFile, Action<string> note)
{
    /// <summary>The keys, for the user.</summary>
    public const string Help = "Ctrl + A, B: buttons  R: reset  P: plug  S: save screen  X: quit";

    private readonly TerminalKeys _terminal = new();

    /// <summary>Does what a key asks for.</summary>
    /// <returns>False when it asks to quit.</returns>
    public bool Execute(ConsoleKeyInfo key)
    {
        ConsoleKey command = key.Modifiers == ConsoleModifiers.Control ? key.Key : ConsoleKey.None;
        switch (command)
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
                note(board.IsPowered ? "reset" : "reset does nothing without power; Ctrl+P plugs the board in");
                Start(board.Reset);
                break;
            case ConsoleKey.P:
                TogglePlug();
                break;
            case ConsoleKey.S:
                SaveScreen();
                break;
            default:
                board.TypeSerial(_terminal.ToBytes(key));
                break;
        }

        return true;
    }

    private void Toggle(int pin, string name)
    {
        bool pressed = board.IsHigh(pin);
        board.SetButton(pin, pressed);
        note(pressed ? $"button {name} held; again Ctrl+{name} lets it go" : $"button {name} released");
    }

    private void TogglePlug()
    {
        if (board.IsPowered)
        {
            board.PullPlug();
            note("plug pulled; again Ctrl+P plugs it in");
        }
        else
        {
            note("plugged in");
            Start(board.PlugIn);
        }
    }

    // What keeps the board from its start can be mended while the session goes on.
    private void Start(Action start)
    {
        try
        {
            start();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            note(e.Message);
        }
    }

    private void SaveScreen()
    {
        try
        {
            ScreenFile.Save(board, screenFile);
            note($"screen saved to {screenFile}");
        }
        catch (IOException e)
        {
            note(e.Message);
        }
    }
}
