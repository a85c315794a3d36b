using DevKit.Platform;
using DevKit.Sim.Board;

namespace DevKit.Sim.Sessions;

/// <summary>Saves the OLED's picture.</summary>
internal static class ScreenFile
{
    /// <summary>Each of the OLED's pixels is so many picture pixels wide and high.</summary>
    private const int Scale = 4;

    /// <summary>Saves what the OLED shows now.</summary>
    /// <exception cref="IOException">The file can't be written; the message names it and the option.</exception>
    public static void Save(VirtualDevKit board, string file)
    {
        try
        {
            AtomicFile.Write(file, board.Display.ToPng(Scale));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The screen can't be saved to {file}: {e.Message} Name another file with --screen.", e);
        }
    }
}
