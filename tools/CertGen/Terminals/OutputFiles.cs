using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using DevKit.CommandLine;
using DevKit.Dice;
using DevKit.Platform;

namespace DevKit.CertGen.Terminals;

/// <summary>
/// The files to be written: all are checked before any is, and all are written beside their places before any is put there.
/// </summary>
/// <param name="terminal">Who is asked whether a file may be replaced, and can end it before anything is.</param>
internal sealed partial class OutputFiles(Terminal terminal)
{
    private readonly List<Output> _files = [];

    /// <summary>The option that lets files be replaced.</summary>
    public static Option<bool> CreateForceOption() => new("--force") { Description = "Replace files that exist." };

    /// <summary>The paths, in order.</summary>
    public IEnumerable<string> Paths => _files.Select(file => file.Path);

    /// <summary>
    /// The usual name of a file about a device, which every file system takes: + for each colon, and = behind a name that Windows keeps
    /// for a device of its own. Neither is part of a registration ID, so no two of them have one name.
    /// </summary>
    /// <param name="registrationId">The device's registration ID.</param>
    /// <param name="ending">The name's end, with its dot.</param>
    public static string NameFor(string registrationId, string ending)
        => WindowsDevice().Replace(registrationId.Replace(':', '+'), "$0=") + ending;

    /// <summary>Adds a file that is to be written.</summary>
    /// <param name="option">The option that named it, for messages.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="inputs">What is read, which is no place for it.</param>
    /// <exception cref="CommandException">It can't go there.</exception>
    public void Add(string option, string path, params string[] inputs) => Add(option, path, inputs, isPrivate: false);

    /// <summary>Adds a file that is to be written, and that only its owner may read (mode 600).</summary>
    /// <inheritdoc cref="Add(string, string, string[])"/>
    public void AddPrivate(string option, string path, params string[] inputs) => Add(option, path, inputs, isPrivate: true);

    private void Add(string option, string path, string[] inputs, bool isPrivate)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new CommandException($"{option} has no file name. Name the file to write.");
        }

        string full = FilePlace.Of(path);
        if (Directory.Exists(full))
        {
            throw new CommandException($"{option} {path} is a folder. Name the file to write.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(full)))
        {
            throw new CommandException($"{option} {path} lies in a folder that does not exist. Make the folder first, or name another.");
        }

        if (Array.Exists(inputs, input => FilePlace.IsSame(full, FilePlace.Of(input)) || FilePlace.IsSame(full, FilePlace.Resolve(input))))
        {
            throw new CommandException($"{option} {path} is what is read. Name another file.");
        }

        if (_files.Find(file => FilePlace.IsSame(file.FullPath, full)) is { } other)
        {
            throw new CommandException($"{option} and {other.Option} both name {path}. Name two files.");
        }

        _files.Add(new Output(option, path, full, isPrivate));
    }

    /// <summary>Asks whether files that exist may be replaced; where nobody is there to be asked, they may not.</summary>
    /// <returns>Whether there are such files, and they may.</returns>
    /// <exception cref="CommandException">A file exists, and may not be replaced.</exception>
    public bool AskOverwrite()
    {
        if (_files.Find(file => File.Exists(file.FullPath)) is not { Path: var path } existing)
        {
            return false;
        }

        if (!terminal.IsInteractive)
        {
            throw new CommandException($"{path} exists already. Give --force to replace it, or name another file with {existing.Option}.");
        }

        return terminal.Ask($"{path} exists already. Replace it? (yes/no)", "no", ReadYes)
            ? true
            : throw new CommandException(
                $"{path} was kept and nothing was written. Answer yes to replace it, or name another file with {existing.Option}.");
    }

    /// <summary>Writes the files, in the order in which they were added.</summary>
    /// <param name="overwrite">Whether files that exist are replaced.</param>
    /// <param name="contents">ASCII text for each.</param>
    /// <exception cref="CommandException">One can't be written.</exception>
    public void Write(bool overwrite, IReadOnlyList<string> contents) => Write(overwrite, [.. contents.Select(Encoding.ASCII.GetBytes)]);

    /// <summary>Writes the files, in the order in which they were added.</summary>
    /// <param name="overwrite">Whether files that exist are replaced.</param>
    /// <param name="contents">What each is to hold.</param>
    /// <exception cref="CommandException">One can't be written.</exception>
    public void Write(bool overwrite, IReadOnlyList<byte[]> contents)
    {
        List<AtomicFile> staged = [];
        try
        {
            for (int i = 0; i < _files.Count; i++)
            {
                (Output file, byte[] content) = (_files[i], contents[i]);
                staged.Add(file.Tell(
                    () => file.IsPrivate ? AtomicFile.StagePrivate(file.FullPath, content) : AtomicFile.Stage(file.FullPath, content)));
            }

            terminal.Cancellation.ThrowIfCancellationRequested();
            Commit(staged, overwrite);
        }
        finally
        {
            staged.ForEach(file => file.Dispose());
        }
    }

    // They belong together, as a CA's certificate and its key: where one can't be put in place, none is.
    private void Commit(List<AtomicFile> staged, bool overwrite)
    {
        byte[]?[] before = [.. _files.Select(file => overwrite && _files.Count > 1 ? InputFile.ReadPresent(file.FullPath) : null)];
        string?[] links = [.. _files.Select(file => new FileInfo(file.FullPath).LinkTarget)];
        int done = 0;
        try
        {
            for (; done < staged.Count; done++)
            {
                AtomicFile file = staged[done];
                WriteFault.Tell(_files[done].Path, _files[done].Option, () => file.Commit(overwrite));
            }
        }
        catch (CommandException)
        {
            for (int i = 0; i < done; i++)
            {
                _files[i].Restore(before[i], links[i]);
            }

            throw;
        }
        finally
        {
            Array.ForEach(before, SecretBytes.Clear);
        }
    }

    private static bool ReadYes(string answer) => answer.ToUpperInvariant() switch
    {
        "YES" => true,
        "NO" => false,
        _ => throw new CommandException($"\"{answer}\" is neither yes nor no. Answer yes to replace the file, or no."),
    };

    [GeneratedRegex(@"\A(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|\z)")]
    private static partial Regex WindowsDevice();

    /// <summary>A file that is to be written.</summary>
    /// <param name="Option">The option that named it.</param>
    /// <param name="Path">As it was named.</param>
    /// <param name="FullPath">Where it is put.</param>
    /// <param name="IsPrivate">Whether only its owner may read it.</param>
    private sealed record Output(string Option, string Path, string FullPath, bool IsPrivate)
    {
        public T Tell<T>(Func<T> write) => WriteFault.Tell(Path, Option, write);

        /// <summary>Puts back what was there.</summary>
        /// <param name="before">What that was, or null for nothing.</param>
        /// <param name="link">What it was a link to, or null for none.</param>
        public void Restore(byte[]? before, string? link)
        {
            if (link != null)
            {
                File.Delete(FullPath);
                File.CreateSymbolicLink(FullPath, link);
            }
            else if (before == null)
            {
                File.Delete(FullPath);
            }
            else if (IsPrivate)
            {
                AtomicFile.WritePrivate(FullPath, before);
            }
            else
            {
                AtomicFile.Write(FullPath, before);
            }
        }
    }
}
