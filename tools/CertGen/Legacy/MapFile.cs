using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Legacy;

/// <summary>What a GNU linker's map file says of where things lie.</summary>
internal sealed partial class MapFile
{
    private const int Longest = 64 * 1024 * 1024;
    private const string Remedy = "Name the .ino.map that the linker wrote with the .bin.";

    private readonly string _path;
    private readonly string _text;

    private MapFile(string path, string text)
    {
        _path = path;
        _text = text;
    }

    /// <summary>Reads a map file.</summary>
    /// <exception cref="CommandException">It can't be read.</exception>
    public static MapFile Read(string path)
        => new(path, Encoding.Latin1.GetString(InputFile.Read("map file", path, Longest, Remedy)));

    /// <summary>The address at which the memory region FLASH begins, which is that of the .bin's first byte.</summary>
    /// <exception cref="CommandException">The map has no such region.</exception>
    public ulong FindFlash() => FindLast(FlashLine().Matches(_text), "memory region FLASH");

    /// <summary>The address of a symbol that the linker's script sets to the place where it stands.</summary>
    /// <exception cref="CommandException">The map has no such symbol.</exception>
    public ulong FindSymbol(string name)
        => FindLast(SymbolLine().Matches(_text).Where(line => line.Groups["name"].Value == name), $"symbol {name}");

    // The original takes the last where there are several, which is the linker's final word too.
    private ulong FindLast(IEnumerable<Match> lines, string what)
        => lines.LastOrDefault() is { } line
            ? ulong.Parse(line.Groups["address"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw new CommandException($"The map file {_path} has no {what} with an address. {Remedy}");

    [GeneratedRegex(@"^FLASH +0x(?<address>[0-9A-Fa-f]{1,16})\b", RegexOptions.Multiline)]
    private static partial Regex FlashLine();

    [GeneratedRegex(@"^\s*0x(?<address>[0-9A-Fa-f]{1,16})\s+(?<name>\w+) = \.", RegexOptions.Multiline)]
    private static partial Regex SymbolLine();
}
