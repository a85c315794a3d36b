namespace DevKit.Platform;

/// <summary>
/// Holds a folder for one program at a time, by an open file named <c>lock</c> in it. The file stays when the lock is released: to
/// remove it would let two programs hold files of that name, one of them unlinked. The system releases a killed program's lock.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private const string FileName = "lock";

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Acquires a folder, which is made for its owner alone if there is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The lock, or null when another program holds the folder.</returns>
    /// <exception cref="IOException">The folder can't be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made or written.</exception>
    public static FolderLock? TryAcquire(string folder)
    {
        OwnerOnly.CreateFolder(folder);
        try
        {
            return new FolderLock(new FileStream(Path.Combine(folder, FileName), OwnerOnly.Options(FileMode.OpenOrCreate)));
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    /// <summary>Whether a program holds a folder now.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <exception cref="IOException">The lock can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The lock may not be read.</exception>
    public static bool IsHeld(string folder)
    {
        try
        {
            // Shared, so that two that ask at a time do not take each other for the holder.
            new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.Read).Dispose();
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException e) when (IsHeld(e))
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // .NET tells it by the system's own error alone: EWOULDBLOCK of flock, and Windows' sharing violation.
    private static bool IsHeld(IOException error)
    {
        const int LinuxWouldBlock = 11;
        const int MacWouldBlock = 35;
        const int SharingViolation = unchecked((int)0x80070020);
        int held = OperatingSystem.IsWindows() ? SharingViolation : OperatingSystem.IsLinux() ? LinuxWouldBlock : MacWouldBlock;
        return error.HResult == held;
    }
}
