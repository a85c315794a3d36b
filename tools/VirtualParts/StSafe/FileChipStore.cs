namespace DevKit.VirtualParts;

/// <summary>
/// A chip's memory kept in a file that only its owner may read: it holds secrets. Contents are written beside it, brought to the
/// disk and then renamed over it, so that a process killed at any instant leaves the old file or the new one.
/// </summary>
public sealed class FileChipStore : IChipStore
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A store in a file.</summary>
    /// <param name="path">The file, which need not exist yet; its folder is made if need be.</param>
    public FileChipStore(string path)
    {
        FilePath = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
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

        try
        {
            return ChipMemory.Parse(File.ReadAllBytes(FilePath));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{FilePath} is no virtual chip's memory, or is damaged. Remove it to start with a new chip. {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Save(ChipMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        string beside = FilePath + ".new";
        // A file left by a killed process may have other rights; the rights below are for a file that is made.
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(beside, options))
        {
            file.Write(memory.ToBytes());
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, FilePath, overwrite: true);
    }
}
