using System.Security.Cryptography;
using System.Text;

namespace DevKit.DpsEmulator.Storage;

/// <summary>The emulator's folder: made for its user alone (mode 700), its files too (600), and used by one emulator at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream folderLock)
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
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(full);
            }
            else
            {
                Directory.CreateDirectory(full, PrivateFile | UnixFileMode.UserExecute);
            }

            string lockFile = Path.Combine(full, "lock");
            EnsurePrivate(lockFile);
            return new DataFolder(full, new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"--data {full}: {error.Message} Another emulator may be using it; name another folder with --data DIR.", error);
        }
    }

    /// <summary>The full path of a file, which is made (empty) or narrowed to its user's eyes.</summary>
    internal string PrivatePath(string name)
    {
        string path = Path.Combine(FullPath, name);
        EnsurePrivate(path);
        return path;
    }

    /// <summary>A file's text, or null where there is none.</summary>
    internal string? Read(string name)
    {
        string path = Path.Combine(FullPath, name);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    /// <summary>Replaces a file in one step, so that it is never half a file.</summary>
    internal void Write(string name, string text)
    {
        string path = Path.Combine(FullPath, name);
        string part = path + ".new";
        File.Delete(part);
        EnsurePrivate(part);
        File.WriteAllText(part, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(part, path, overwrite: true);
    }

    /// <summary>The ID scope of this folder: drawn once, then kept.</summary>
    internal string IdScope()
    {
        const string Name = "id-scope";
        string? kept = Read(Name)?.Trim();
        if (string.IsNullOrEmpty(kept))
        {
            kept = "0ne" + Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
            Write(Name, kept + "\n");
        }

        return kept;
    }

    private static void EnsurePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // The user's own folders are the user's own there; a folder named with --data has the rights that it was given.
            return;
        }

        if (File.Exists(path))
        {
            File.SetUnixFileMode(path, PrivateFile);
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = PrivateFile };
        using var made = new FileStream(path, options);
    }
}
