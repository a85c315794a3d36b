using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Legacy;

/// <summary>The two parts of the original firmware that measure, and are measured.</summary>
/// <param name="RiotCore">What derives the keys; measured by the first stage.</param>
/// <param name="RiotFirmware">What is measured by that.</param>
internal sealed record MeasuredCode(byte[] RiotCore, byte[] RiotFirmware)
{
    // The whole flash of the board's STM32F412RG.
    private const int FlashLength = 1024 * 1024;

    // The original's first stage measures no less than two words.
    private const int ShortestRiotCore = 8;

    private const string Remedy = "Name the .ino.bin and the .ino.map of one build.";

    /// <summary>Cuts the parts out of a build.</summary>
    /// <param name="binPath">The Arduino build's <c>.ino.bin</c>.</param>
    /// <param name="mapPath">Its <c>.ino.map</c>.</param>
    /// <exception cref="CommandException">A file can't be read, or the two do not fit together.</exception>
    public static MeasuredCode Read(string binPath, string mapPath)
    {
        byte[] bin = InputFile.Read("firmware", binPath, FlashLength, "Name the .ino.bin of the Arduino build.");
        MapFile map = MapFile.Read(mapPath);
        ulong flash = map.FindFlash();
        return new MeasuredCode(
            Cut("riot_core", ShortestRiotCore, map, bin, binPath, flash),
            Cut("riot_fw", 1, map, bin, binPath, flash));
    }

    private static byte[] Cut(string section, int shortest, MapFile map, byte[] bin, string binPath, ulong flash)
    {
        ulong start = map.FindSymbol($"__start_{section}");
        ulong stop = map.FindSymbol($"__stop_{section}");
        ulong end = flash + (ulong)bin.Length;
        if (stop < start || stop - start < (ulong)shortest)
        {
            throw new CommandException(
                $"The section {section}, 0x{start:x8} to 0x{stop:x8}, is too short: the original measures no less than "
                + $"{shortest} byte{(shortest == 1 ? "" : "s")}. {Remedy}");
        }

        if (start < flash || stop > end)
        {
            throw new CommandException(
                $"The section {section}, 0x{start:x8} to 0x{stop:x8}, lies outside {binPath}, which fills 0x{flash:x8} to 0x{end:x8}. "
                + Remedy);
        }

        return bin[(int)(start - flash)..(int)(stop - flash)];
    }
}
