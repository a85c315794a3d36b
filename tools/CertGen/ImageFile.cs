using DevKit.Dice;

namespace DevKit.CertGen;

/// <summary>The application image that is measured: the bytes of a file, whole.</summary>
internal sealed class ImageFile
{
    /// <summary>What the firmware's build calls it, for a board.</summary>
    public const string UsualName = "DevKitDps.pe";

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

    /// <summary>Reads an image. One that the device would refuse to load is warned of: it can be measured all the same.</summary>
    /// <exception cref="BadInputException">There is none, it can't be read, or it is empty.</exception>
    public static ImageFile Read(string path, TextWriter error)
    {
        const string Remedy = $"Build the firmware and name the image that Boot embeds, such as {UsualName}.";
        if (Directory.Exists(path))
        {
            throw new BadInputException($"The image {path} is a folder. {Remedy}");
        }

        if (!File.Exists(path))
        {
            throw new BadInputException($"The image {path} does not exist. {Remedy}");
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The image {path} can't be read: {e.Message} Make it readable.");
        }

        if (bytes.Length == 0)
        {
            throw new BadInputException($"The image {path} is empty. {Remedy}");
        }

        FirmwareImage image = FirmwareImage.Read(bytes);
        if (!image.IsNoApplication && image.Problem is { } problem)
        {
            error.WriteLine($"Warning: {path}: {problem} No device will run it.");
        }

        return new ImageFile(path, image);
    }
}
