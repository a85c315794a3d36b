using System.CommandLine;
using System.Text;
using DevKit.CertGen.Terminals;
using DevKit.Support.Boards;

namespace DevKit.CertGen.Tests.BadDays;

/// <summary>All commands, with what they read, in a folder of their own.</summary>
internal sealed class EveryCommand : IDisposable
{
    /// <summary>Stands for the command that has no name.</summary>
    public const string OneBoard = "(one board)";

    private readonly ScriptedBoard _board;

    public EveryCommand()
    {
        _board = new ScriptedBoard(CertGen.Image);
        CertGen.WriteSecret("uds.txt", Encoding.ASCII.GetBytes(CommandLine.Uds));
        CertGen.WriteSecret("password.txt", "correct horse"u8.ToArray());
        CertGen.WriteSecret("fleet.csv", Encoding.ASCII.GetBytes($"registrationId,uds\na,{CommandLine.Uds}\nb,generate\n"));
        Directory.CreateDirectory(CertGen.PathOf("in"));
        foreach (string command in new[] { OneBoard, "request", "ca", "sign", "batch" })
        {
            Assert.AreEqual(0, CertGen.Run(ArgsOf(command, "in")), CertGen.Error);
        }
    }

    public CommandLine CertGen { get; } = new();

    /// <summary>Every command by its name.</summary>
    public static IEnumerable<Command> All
    {
        get
        {
            RootCommand root = CertGenCommand.Create(new Terminal
            {
                Input = TextReader.Null,
                Output = TextWriter.Null,
                Error = TextWriter.Null,
            });
            return [root, .. root.Subcommands];
        }
    }

    /// <summary>Those that write files, which are those that can be told to replace them.</summary>
    public static IEnumerable<object[]> Writing
        => All.Where(command => command.Options.Any(option => option.Name == "--force"))
            .Select(command => new object[] { NameOf(command) });

    public static string NameOf(Command command) => command is RootCommand ? OneBoard : command.Name;

    /// <summary>The command's line.</summary>
    /// <param name="command">Its name, or <see cref="OneBoard"/>.</param>
    /// <param name="folder">Where it writes to, if it writes.</param>
    public string[] ArgsOf(string command, string folder) => command switch
    {
        OneBoard =>
        [
            "--image", "image.pe", "--uds", "uds.txt", "--registration-id", "one", "--out", $"{folder}/one.pem",
            "--device-id-request", $"{folder}/one.csr", "--device-id-certificate", $"{folder}/device-id.pem",
        ],
        "uds" => ["uds", "--out", $"{folder}/new.uds"],
        "inspect" => ["inspect", "in/one.pem"],
        "verify" => ["verify", "in/one.pem", "--image", "image.pe", "--uds", "uds.txt"],
        "batch" => ["batch", "fleet.csv", "--image", "image.pe", "--out", folder, "--uds-out", $"{folder}/secrets"],
        "enroll" => ["enroll", "in/manifest.jsonl", "--azure-cli", $"{folder}/enroll.sh"],
        "ca" => ["ca", "--password", "password.txt", "--out", $"{folder}/ca.pem", "--key-out", $"{folder}/ca.key"],
        "request" => ["request", "--uds", "uds.txt", "--out", $"{folder}/request.csr"],
        "sign" =>
        [
            "sign", "in/request.csr", "--ca", "in/ca.pem", "--ca-key", "in/ca.key", "--password", "password.txt",
            "--out", $"{folder}/signed.pem",
        ],
        "chain" => ["chain", "in/one.pem", "in/signed.pem", "in/ca.pem", "--out", $"{folder}/chain.pem"],
        "provision" => Provision(folder),
        "legacy" =>
        [
            "legacy", "--bin", VectorOf("bin"), "--map", VectorOf("map"), "--uds", "uds.txt", "--registration-id", "old",
            "--out", $"{folder}/old.pem",
        ],
        "completion" => ["completion", "bash"],
        _ => throw new ArgumentException($"No line is known of the command {command}. Write one here.", nameof(command)),
    };

    public void Dispose()
    {
        _board.Dispose();
        CertGen.Dispose();
    }

    private string[] Provision(string folder)
    {
        _board.Exchange();
        return ["provision", "--port", _board.Port, "--uds", "generate", "--out", folder];
    }

    private static string VectorOf(string kind) => Path.Combine(AppContext.BaseDirectory, "Legacy", "Vectors", $"Small.ino.{kind}");
}
