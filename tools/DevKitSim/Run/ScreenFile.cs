using DevKit.Sim.Board;

namespace DevKit.Sim.Run;

/// <summary>Saves the OLED's picture.</summary>
internal static class ScreenFile
{
    /// <summary>Each of the OLED's pixels is so many picture pixels wide and high.</summary>
    private const int Scale = 4;

    public static void Save(VirtualDevKit board, string file)
    {
        // A reader never sees half a picture.
        string beside = file + ".new";
        File.WriteAllBytes(beside, board.Display.ToPng(Scale));
        File.Move(beside, file, overwrite: true);
    }
}
