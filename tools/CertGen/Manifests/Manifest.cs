using System.Text;
using System.Text.Json;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Manifests;

/// <summary>
/// A fleet's manifest: JSON lines, one a board. It is written beside its place, by one program at a time, and put there when it is whole.
/// </summary>
internal sealed class Manifest : IDisposable
{
    /// <summary>The manifest's name in the folder of the certificates.</summary>
    public const string FileName = "manifest.jsonl";

    private const string Option = "--out";
    private const string Remedy = "Name a manifest that \"certgen batch\" or \"certgen provision\" wrote.";

    private readonly string _path;
    private readonly string _beside;
    private readonly StreamWriter _writer;

    private Manifest(string path)
    {
        _path = path;
        _beside = path + ".new";
        if (new FileInfo(_beside).LinkTarget != null)
        {
            // Not this program's work: another file would be emptied through it.
            File.Delete(_beside);
        }

        var stream = new FileStream(_beside, FileMode.Create, FileAccess.Write, FileShare.None);
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
    }

    /// <summary>Begins a manifest.</summary>
    /// <param name="folder">The folder, which is held until this is disposed of.</param>
    /// <exception cref="CommandException">Another program writes one there, or it can't be written.</exception>
    public static Manifest Create(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return WriteFault.Tell(path, Option, () => new Manifest(path));
    }

    /// <summary>
    /// Puts a board into a folder's manifest, where it takes the place of the one with its registration ID: what was said there of the
    /// device at the hub stays.
    /// </summary>
    /// <param name="folder">The folder; its manifest need not exist yet.</param>
    /// <param name="board">The board.</param>
    /// <returns>The manifest's path.</returns>
    /// <exception cref="CommandException">Another program writes the manifest, or the one that is there can't be read.</exception>
    public static string Put(string folder, ManifestEntry board)
    {
        using Manifest manifest = Create(folder);
        ManifestEntry? before = null;
        foreach (ManifestEntry other in File.Exists(FilePlace.Resolve(manifest._path)) ? Read(manifest._path) : [])
        {
            if (other.RegistrationId == board.RegistrationId)
            {
                before = other;
            }
            else
            {
                manifest.Add(other);
            }
        }

        manifest.Add(before == null ? board : board with { DeviceId = before.DeviceId, Hub = before.Hub, Tags = before.Tags });
        manifest.Commit();
        return manifest._path;
    }

    /// <summary>The boards of a manifest, line by line.</summary>
    /// <param name="path">The manifest.</param>
    /// <exception cref="CommandException">It can't be read, or a line is no board.</exception>
    public static IEnumerable<ManifestEntry> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CommandException($"The manifest {path} {(Directory.Exists(path) ? "is a folder" : "does not exist")}. {Remedy}");
        }

        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length > 0)
            {
                yield return ReadLine(path, number, line);
            }
        }
    }

    /// <summary>Adds a board.</summary>
    /// <exception cref="CommandException">It can't be written.</exception>
    public void Add(ManifestEntry entry) => Tell(() => _writer.WriteLine(entry.ToJson()));

    /// <summary>Puts the manifest in its place.</summary>
    /// <exception cref="CommandException">It can't be put there.</exception>
    public void Commit() => Tell(() =>
    {
        _writer.Flush();
        ((FileStream)_writer.BaseStream).Flush(flushToDisk: true);
        _writer.Dispose();
        File.Move(_beside, _path, overwrite: true);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // What it still holds finds no room, and is not wanted: this was told, or is not put in place.
        }

        File.Delete(_beside);
    }

    private void Tell(Action write) => WriteFault.Tell(_path, Option, write);

    private static ManifestEntry ReadLine(string path, int number, string line)
    {
        try
        {
            ManifestEntry entry = ManifestEntry.Parse(line);
            return RegistrationId.FindProblem(entry.RegistrationId) is { } problem ? throw new JsonException(problem) : entry;
        }
        catch (JsonException e)
        {
            throw new CommandException($"Line {number} of {path} is no board: {e.Message} {Remedy}");
        }
    }
}
