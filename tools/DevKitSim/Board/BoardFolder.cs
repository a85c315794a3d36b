using System.Text;
using System.Text.Json;
using DevKit.Platform;

namespace DevKit.Sim.Board;

/// <summary>
/// What of a board outlives the power: the secure element's zones, the CA store of the configuration block, the serial
/// numbers that the factory gave it. It holds the UDS: the folder is the owner's alone.
/// </summary>
public sealed class BoardFolder
{
    private readonly string _path;

    /// <summary>Opens a board's folder, or creates that of a factory-fresh board.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">The folder can't be made or read.</exception>
    public BoardFolder(string path)
    {
        _path = Path.GetFullPath(path);
        OwnerOnly.CreateFolder(_path);
        Numbers = ReadNumbers();
    }

    /// <summary>The board's serial numbers.</summary>
    public BoardNumbers Numbers { get; }

    /// <summary>The file that keeps the secure element's zones.</summary>
    public string SecureElementFile => Path.Combine(_path, "stsafe.json");

    /// <summary>The CA bundle in the configuration block, PEM, or null.</summary>
    public string? CaStore => File.Exists(CaStoreFile) ? File.ReadAllText(CaStoreFile) : null;

    private string CaStoreFile => Path.Combine(_path, "ca.pem");

    private string NumbersFile => Path.Combine(_path, "board.json");

    /// <summary>Where a user's board is kept when nothing else is said.</summary>
    public static string DefaultPath =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "devkit-sim",
            "board");

    /// <summary>Stores a CA bundle in the configuration block, as Visual Studio or nanoff do on a real board.</summary>
    public void StoreCa(string pem) => AtomicFile.WritePrivate(CaStoreFile, Encoding.UTF8.GetBytes(pem));

    private BoardNumbers ReadNumbers()
    {
        if (File.Exists(NumbersFile))
        {
            try
            {
                return JsonSerializer.Deserialize<BoardNumbers>(File.ReadAllText(NumbersFile))
                    ?? throw new InvalidDataException($"{NumbersFile} is empty. Remove the folder for a factory-fresh board.");
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"{NumbersFile} is damaged: {e.Message} Remove the folder for a factory-fresh board.");
            }
        }

        BoardNumbers numbers = BoardNumbers.CreateNew();
        AtomicFile.WritePrivate(NumbersFile, JsonSerializer.SerializeToUtf8Bytes(numbers));
        return numbers;
    }
}
