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

    private AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        // A name of its own: a second writer of the same file neither gets its bytes into this one nor puts half of this one in place.
        _beside = $"{_path}.{Guid.NewGuid():N}{Suffix}";
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
        Stage(path, contents, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None });

    /// <summary>Does the same with a file that only its owner may read (mode 600).</summary>
    /// <returns>The file; disposing of it removes what was not committed.</returns>
    /// <inheritdoc cref="Write"/>
    public static AtomicFile StagePrivate(string path, ReadOnlySpan<byte> contents) =>
        Stage(path, contents, OwnerOnly.Options(FileMode.CreateNew));

    /// <summary>Puts the file in its place.</summary>
    /// <param name="overwrite">Whether a file that is there is replaced; a symbolic link is, and not what it leads to.</param>
    /// <exception cref="IOException">It can't be put there, or there is one that is not to be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be put there.</exception>
    public void Commit(bool overwrite) => File.Move(_beside, _path, overwrite);

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_beside);

    private static AtomicFile Stage(string path, ReadOnlySpan<byte> contents, FileStreamOptions options)
    {
        AtomicFile file = new(path);
        file.RemoveLeftovers();
        try
        {
            using FileStream stream = new(file._beside, options);
            stream.Write(contents);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
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
