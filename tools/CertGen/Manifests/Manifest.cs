using System.Text;
using System.Text.Json;
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

    private const string Remedy = "Name a manifest that \"certgen batch\" or \"certgen provision\" wrote.";

    private readonly string _path;
    private readonly string _beside;
    private readonly StreamWriter _writer;

    private Manifest(string path, string beside, FileStream stream)
    {
        _path = path;
        _beside = beside;
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
    }

    /// <summary>Begins a manifest.</summary>
    /// <param name="folder">The folder, which is held until this is disposed of.</param>
    /// <exception cref="CommandException">Another program writes one there.</exception>
    public static Manifest Create(string folder)
    {
        string path = Path.Combine(folder, FileName);
        string beside = path + ".new";
        try
        {
            return new Manifest(path, beside, new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None));
        }
        catch (IOException e)
        {
            throw new CommandException(
                $"{beside} can't be written: {e.Message} Let the batch that writes there end, or name another folder with --out.");
        }
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
        foreach (ManifestEntry other in File.Exists(manifest._path) ? Read(manifest._path) : [])
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
    public void Add(ManifestEntry entry) => _writer.WriteLine(entry.ToJson());

    /// <summary>Puts the manifest in its place.</summary>
    /// <exception cref="IOException">It can't be put there.</exception>
    public void Commit()
    {
        _writer.Flush();
        ((FileStream)_writer.BaseStream).Flush(flushToDisk: true);
        _writer.Dispose();
        File.Move(_beside, _path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(_beside);
    }

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
