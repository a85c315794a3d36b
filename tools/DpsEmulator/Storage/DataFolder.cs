using System.Security.Cryptography;
using System.Text;
using DevKit.Platform;

namespace DevKit.DpsEmulator.Storage;

/// <summary>The emulator's folder: made for its user alone (mode 700), its files too (600), and used by one emulator at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FolderLock _lock;

    private DataFolder(string path, FolderLock folderLock)
    {
        FullPath = path;
        _lock = folderLock;
    }

    /// <summary>The folder's full path.</summary>
    internal string FullPath { get; }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    /// <summary>Opens a folder, making it if need be.</summary>
    /// <exception cref="DataFolderException">It cannot be made or written, or another emulator uses it.</exception>
    internal static DataFolder Open(string path)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            throw new DataFolderException($"--data {full}: this is a file, and a folder is wanted: name another with --data DIR.");
        }

        try
        {
            FolderLock folderLock = FolderLock.TryAcquire(full)
                ?? throw new DataFolderException(
                    $"--data {full}: another emulator uses it; end that one, or name another folder with --data DIR.");
            return new DataFolder(full, folderLock);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"--data {full}: {error.Message} Name another folder with --data DIR.", error);
        }
    }

    /// <summary>The full path of a file, which is made (empty) or narrowed to its user's eyes.</summary>
    internal string PrivatePath(string name)
    {
        string path = FindFile(name) ?? Path.Combine(FullPath, name);
        OwnerOnly.EnsureFile(path);
        return path;
    }

    /// <summary>A file's text, or null where there is none.</summary>
    internal string? Read(string name) => FindFile(name) is { } path ? File.ReadAllText(path) : null;

    /// <summary>A file's bytes, or null where there is none; for a secret, which the caller wipes.</summary>
    internal byte[]? ReadBytes(string name) => FindFile(name) is { } path ? File.ReadAllBytes(path) : null;

    /// <summary>Replaces a file in one step, so that it is never half a file.</summary>
    internal void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Replaces a file in one step, by bytes that the caller can wipe.</summary>
    internal void Write(string name, ReadOnlySpan<byte> bytes) => AtomicFile.WritePrivate(Path.Combine(FullPath, name), bytes);

    /// <summary>The ID scope of this folder: drawn once, then kept.</summary>
    /// <param name="isValid">The rule of ID scopes.</param>
    /// <exception cref="DataFolderException">The file holds none.</exception>
    internal string IdScope(Predicate<string> isValid)
    {
        const string Name = "id-scope";
        string? kept = Read(Name)?.Trim();
        if (string.IsNullOrEmpty(kept))
        {
            kept = "0ne" + Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
            Write(Name, kept + "\n");
        }

        return isValid(kept)
            ? kept
            : throw new DataFolderException(
                $"{Path.Combine(FullPath, Name)} holds no ID scope (0ne and 8 hex digits in upper case): "
                + "delete the file, and another is drawn, or write yours into it.");
    }

    /// <summary>The path of a file that is there; null where there is none.</summary>
    /// <exception cref="DataFolderException">A folder is in its place.</exception>
    private string? FindFile(string name)
    {
        string path = Path.Combine(FullPath, name);
        return Directory.Exists(path)
            ? throw new DataFolderException($"{path} is a folder, where the emulator keeps a file: move it away.")
            : File.Exists(path) ? path : null;
    }
}
