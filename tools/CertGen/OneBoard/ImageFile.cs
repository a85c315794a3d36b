using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.OneBoard;

/// <summary>The application image that is measured: the bytes of a file, whole.</summary>
internal sealed class ImageFile
{
    /// <summary>What the firmware's build calls it, for a board.</summary>
    public const string UsualName = "DevKitDps.pe";

    /// <summary>What the virtual board calls it.</summary>
    public const string VirtualName = "DevKitDps.dll";

    /// <summary>How to come by an image.</summary>
    public const string Remedy = "Name the image that the board runs: for a board the " + UsualName
        + " of the firmware's build, for the virtual board what its command \"image\" writes.";

    // The flash that a nanoCLR image for this board leaves to the application and all its libraries (docs/board.md).
    private const int DeploymentLength = 768 * 1024;

    private readonly FirmwareImage _image;

    private ImageFile(string path, FirmwareImage image)
    {
        Path = path;
        _image = image;
    }

    public string Path { get; }

    public byte[] Bytes => _image.Bytes;

    /// <summary>The version that the image itself states, three numbers, or null.</summary>
    public string? Version => _image.Version;

    /// <summary>Reads the image that an option names, or asks for it.</summary>
    /// <param name="option">The file, or null.</param>
    /// <param name="terminal">Who is asked, and warned.</param>
    /// <exception cref="CommandException">There is none, it can't be read, or no board can hold it.</exception>
    public static ImageFile Choose(string? option, Terminal terminal)
    {
        if (!string.IsNullOrEmpty(option))
        {
            return Read(option, terminal);
        }

        terminal.Require("--image", Remedy);
        string? proposal = Array.Find<string>([UsualName, VirtualName], File.Exists);
        return terminal.Ask("Application image", proposal, path => Read(path, terminal));
    }

    /// <summary>Reads an image. One that the device would refuse to load is warned of: it can be measured all the same.</summary>
    /// <param name="path">The file.</param>
    /// <param name="terminal">Who is warned.</param>
    /// <exception cref="CommandException">There is none, it can't be read, or no board can hold it.</exception>
    public static ImageFile Read(string path, Terminal terminal)
    {
        if (new FileInfo(path.Length == 0 ? "." : path) is { Exists: true, Length: > DeploymentLength } file)
        {
            throw new CommandException(
                $"The image {path} has {file.Length} bytes; no board holds more than {DeploymentLength} (768 KiB). {Remedy}");
        }

        byte[] bytes = InputFile.Read("image", path, DeploymentLength, Remedy);
        FirmwareImage image = FirmwareImage.Read(bytes);
        if (!image.IsNoApplication && image.Problem is { } problem)
        {
            terminal.Warn($"{path}: {problem} No device will run it.");
        }
        else if (!image.IsNoApplication && AssemblyName.Read(bytes) is var name && name != AssemblyName.OfApplication)
        {
            terminal.Warn(
                $"{path} is the assembly {name ?? "without a name"}, and not {AssemblyName.OfApplication}, which this firmware measures.");
        }

        return new ImageFile(path, image);
    }
}
