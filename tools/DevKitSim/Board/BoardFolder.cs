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
    /// <summary>Opens a board's folder, or creates that of a factory-fresh board.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">The folder can't be made or read.</exception>
    public BoardFolder(string path)
    {
        FullPath = Path.GetFullPath(path);
        OwnerOnly.CreateFolder(FullPath);
        Numbers = ReadNumbers();
    }

    /// <summary>The folder's full path.</summary>
    public string FullPath { get; }

    /// <summary>Whether nothing has been set on the board yet.</summary>
    public bool IsFactoryFresh => !File.Exists(SecureElementFile);

    /// <summary>The board's serial numbers.</summary>
    public BoardNumbers Numbers { get; }

    /// <summary>The file that keeps the secure element's zones.</summary>
    public string SecureElementFile => Path.Combine(FullPath, "stsafe.json");

    /// <summary>The CA bundle in the configuration block, PEM, or null.</summary>
    public string? CaStore => File.Exists(CaStoreFile) ? File.ReadAllText(CaStoreFile) : null;

    private string CaStoreFile => Path.Combine(FullPath, "ca.pem");

    private string NumbersFile => Path.Combine(FullPath, "board.json");

    /// <summary>Where a user's board is kept when nothing else is said.</summary>
    public static string DefaultPath =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "devkit-sim",
            "board");

    /// <summary>Stores a CA bundle in the configuration block, as Visual Studio or nanoff do on a real board.</summary>
    public void StoreCa(string pem) => AtomicFile.WritePrivate(CaStoreFile, Encoding.UTF8.GetBytes(pem));

    /// <summary>The bytes of the secure element's file, or null when there is none. They hold secrets: the caller wipes them.</summary>
    internal byte[]? ReadSecureElement() => IsFactoryFresh ? null : File.ReadAllBytes(SecureElementFile);

    /// <summary>Puts back what <see cref="ReadSecureElement"/> read, while the board has no power.</summary>
    internal void RestoreSecureElement(byte[]? contents)
    {
        if (contents == null)
        {
            File.Delete(SecureElementFile);
        }
        else
        {
            AtomicFile.WritePrivate(SecureElementFile, contents);
        }
    }

    private BoardNumbers ReadNumbers()
    {
        if (File.Exists(NumbersFile))
        {
            try
            {
                return JsonSerializer.Deserialize<BoardNumbers>(File.ReadAllText(NumbersFile)) is { IsValid: true } read
                    ? read
                    : throw new JsonException("It holds no MAC address of 6 bytes and unique ID of 12.");
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
