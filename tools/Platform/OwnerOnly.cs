namespace DevKit.Platform;

/// <summary>
/// Files and folders that hold secrets: mode 600 and 700. On Windows they have the rights of the folder that they lie in, which
/// below the user's profile is the user's own.
/// </summary>
public static class OwnerOnly
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, and those above it, where there is none yet. One that exists keeps its mode.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">It can't be made, or is a file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode);
        }
    }

    /// <summary>Makes an empty file, or narrows the mode of the one that is there: for a library that opens it by its name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made, or is another user's.</exception>
    public static void EnsureFile(string path)
    {
        if (!File.Exists(path))
        {
            new FileStream(path, Options(System.IO.FileMode.CreateNew)).Dispose();
        }
        else if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, FileMode);
        }
    }

    /// <summary>How such a file is opened to be written, by one alone.</summary>
    internal static FileStreamOptions Options(FileMode mode)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode;
        }

        return options;
    }
}
