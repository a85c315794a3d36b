using System.Security.Cryptography;
using DevKit.Platform;

namespace DevKit.VirtualParts.StSafe;

/// <summary>
/// A chip's memory kept in a file that only its owner may read: it holds secrets. A process killed at any instant leaves the old
/// contents or the new ones.
/// </summary>
public sealed class FileChipStore : IChipStore
{
    /// <summary>A store in a file.</summary>
    /// <param name="path">The file, which need not exist yet; its folder is made if need be.</param>
    public FileChipStore(string path)
    {
        FilePath = Path.GetFullPath(path);
        OwnerOnly.CreateFolder(Path.GetDirectoryName(FilePath)!);
    }

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <inheritdoc/>
    public ChipMemory? Load()
    {
        if (!File.Exists(FilePath))
        {
            return null;
        }

        byte[] contents = File.ReadAllBytes(FilePath);
        try
        {
            return ChipMemory.Parse(contents);
        }
        catch (InvalidDataException e)
        {
            const string Remedy = "Remove it to start with a new chip.";
            throw new InvalidDataException($"{FilePath} is no virtual chip's memory, or is damaged. {Remedy} {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(contents);
        }
    }

    /// <inheritdoc/>
    public void Save(ChipMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        byte[] contents = memory.ToBytes();
        try
        {
            AtomicFile.WritePrivate(FilePath, contents);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(contents);
        }
    }
}
