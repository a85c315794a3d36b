using System.Security.Cryptography;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Secrets;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;
using DevKit.Platform;

namespace DevKit.CertGen.Batch;

/// <summary>A folder of secrets, one file a board: 64 hex characters, mode 600 in a folder of mode 700.</summary>
internal sealed class UdsFolder
{
    private const string Ending = ".uds";

    // A UDS with blanks, a byte order mark and 0x around it is far shorter.
    private const int LongestFile = 1024;

    // Two rows may be the same board with two versions of the firmware: one of them generates its secret.
    private readonly Lock[] _gates = [.. Enumerable.Range(0, 16).Select(_ => new Lock())];

    /// <param name="path">The folder, which need not be there yet.</param>
    public UdsFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Opens a folder that exists.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="terminal">Who is warned when others may look into it.</param>
    /// <exception cref="CommandException">There is none.</exception>
    public static UdsFolder Open(string path, Terminal terminal)
    {
        if (!Directory.Exists(path))
        {
            throw new CommandException($"--uds-dir {path} is no folder. Name the folder that holds a file for each board.");
        }

        WarnIfReadable(path, terminal);
        return new UdsFolder(path);
    }

    /// <summary>Makes the folder ready for secrets to be generated into; if there is none, it is made.</summary>
    /// <param name="terminal">Who is warned when others may look into it.</param>
    /// <exception cref="CommandException">It can't be made.</exception>
    public void Prepare(Terminal terminal)
    {
        WriteFault.Tell(Path, "--uds-out", () =>
        {
            OwnerOnly.CreateFolder(Path);
            AtomicFile.RemoveLeftovers(Path, Ending);
        });
        WarnIfReadable(Path, terminal);
    }

    /// <summary>The file of a board.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, OutputFiles.NameFor(name, Ending));

    /// <summary>Reads a board's secret.</summary>
    /// <returns>32 bytes, for the caller to wipe; null when there is no such file.</returns>
    /// <exception cref="CommandException">The file holds no UDS, or can't be read.</exception>
    public byte[]? Find(string name)
    {
        string path = PathOf(name);
        if (!File.Exists(path))
        {
            return null;
        }

        return UdsInput.Parse(SecretFile.Read("a UDS", path, LongestFile, null), $"Let {path} hold the board's UDS alone.");
    }

    /// <summary>Reads a board's secret, or makes it and keeps it before anybody uses it.</summary>
    /// <returns>32 bytes, for the caller to wipe.</returns>
    /// <exception cref="CommandException">The file holds no UDS, or can't be read.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public byte[] FindOrGenerate(string name)
    {
        lock (_gates[(uint)name.GetHashCode(StringComparison.Ordinal) % _gates.Length])
        {
            return Find(name) ?? Generate(name);
        }
    }

    private byte[] Generate(string name)
    {
        byte[] uds = RandomNumberGenerator.GetBytes(Uds.Length);
        byte[] line = UdsLine.Encode(uds);
        try
        {
            using AtomicFile file = AtomicFile.StageAlone(PathOf(name), line, ownerOnly: true);
            file.Commit(overwrite: false);
            return uds;
        }
        catch
        {
            SecretBytes.Clear(uds);
            throw;
        }
        finally
        {
            SecretBytes.Clear(line);
        }
    }

    private static void WarnIfReadable(string path, Terminal terminal)
    {
        const UnixFileMode Others = (UnixFileMode)0b111_111;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            terminal.Warn($"other users may look into {path}, which holds secrets: chmod 700 {path}");
        }
    }
}
