using System.Text.RegularExpressions;

namespace DevKit.Platform;

/// <summary>
/// A file that is put in its place whole: it is written beside it under another name, brought to the disk, and renamed. A process
/// that is killed at any instant leaves the old file or the new one, never half a file. What it left beside, the next one removes.
/// </summary>
public sealed partial class AtomicFile : IDisposable
{
    private const string Suffix = ".new";

    private readonly string _path;
    private readonly string _beside;

    private AtomicFile(string path, string distinction)
    {
        _path = Path.GetFullPath(path);
        _beside = _path + distinction + Suffix;
    }

    /// <summary>Writes or replaces a file, with the rights that files made by this user have.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="contents">All that it is to hold.</param>
    /// <exception cref="IOException">It can't be written; the old one stands.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; the old one stands.</exception>
    public static void Write(string path, ReadOnlySpan<byte> contents)
    {
        using AtomicFile file = Stage(path, contents);
        file.Commit(overwrite: true);
    }

    /// <summary>Writes or replaces a file that only its owner may read (mode 600), whoever could read the old one.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WritePrivate(string path, ReadOnlySpan<byte> contents)
    {
        using AtomicFile file = StagePrivate(path, contents);
        file.Commit(overwrite: true);
    }

    /// <summary>Writes a file beside its place, for <see cref="Commit"/> to put there: several can be written before any is seen.</summary>
    /// <returns>The file; disposing of it removes what was not committed.</returns>
    /// <inheritdoc cref="Write"/>
    public static AtomicFile Stage(string path, ReadOnlySpan<byte> contents) =>
        Stage(path, contents, OpenOptions());

    /// <summary>Does the same with a file that only its owner may read (mode 600).</summary>
    /// <returns>The file; disposing of it removes what was not committed.</returns>
    /// <inheritdoc cref="Write"/>
    public static AtomicFile StagePrivate(string path, ReadOnlySpan<byte> contents) =>
        Stage(path, contents, OwnerOnly.Options(FileMode.CreateNew));

    /// <summary>
    /// Does the same in a folder where this process alone writes, and thousands of files: the file beside has a fixed name, and nothing is
    /// searched for. <see cref="RemoveLeftovers(string, string)"/> goes before the first.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="contents">All that it is to hold.</param>
    /// <param name="ownerOnly">Whether only its owner may read it (mode 600).</param>
    /// <returns>The file; disposing of it removes what was not committed.</returns>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static AtomicFile StageAlone(string path, ReadOnlySpan<byte> contents, bool ownerOnly) =>
        Stage(new AtomicFile(path, ""), contents, ownerOnly ? OwnerOnly.Options(FileMode.CreateNew) : OpenOptions());

    /// <summary>Removes what killed writers left in such a folder, before anything is written there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ending">What the files' names end in.</param>
    /// <exception cref="IOException">One can't be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be removed.</exception>
    public static void RemoveLeftovers(string folder, string ending)
    {
        foreach (string beside in Directory.EnumerateFiles(folder, $"*{ending}{Suffix}"))
        {
            File.Delete(beside);
        }
    }

    /// <summary>Puts the file in its place.</summary>
    /// <param name="overwrite">Whether a file that is there is replaced; a symbolic link is, and not what it leads to.</param>
    /// <exception cref="IOException">It can't be put there, or there is one that is not to be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be put there.</exception>
    public void Commit(bool overwrite) => File.Move(_beside, _path, overwrite);

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_beside);

    // A name of its own: a second writer of the same file neither gets its bytes into this one nor puts half of this one in place.
    private static AtomicFile Stage(string path, ReadOnlySpan<byte> contents, FileStreamOptions options)
    {
        AtomicFile file = new(path, $".{Guid.NewGuid():N}");
        file.RemoveLeftovers();
        return Stage(file, contents, options);
    }

    private static FileStreamOptions OpenOptions() =>
        new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };

    private static AtomicFile Stage(AtomicFile file, ReadOnlySpan<byte> contents, FileStreamOptions options)
    {
        // One that can't be made is not this writer's to remove.
        using FileStream stream = new(file._beside, options);
        try
        {
            stream.Write(contents);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            stream.Dispose();
            file.Dispose();
            throw;
        }

        return file;
    }

    // Of writers that were killed: what they left may hold a secret that the file itself no longer does.
    private void RemoveLeftovers()
    {
        string name = Path.GetFileName(_path);
        foreach (string beside in Directory.EnumerateFiles(Path.GetDirectoryName(_path)!, $"*{Suffix}"))
        {
            string other = Path.GetFileName(beside);
            if (other.StartsWith(name, StringComparison.Ordinal) && Distinction().IsMatch(other.AsSpan(name.Length)))
            {
                File.Delete(beside);
            }
        }
    }

    [GeneratedRegex(@"\A\.[0-9a-f]{32}\.new\z")]
    private static partial Regex Distinction();
}
