using System.Text.Json;
using DevKit.CertGen.Tests.BadDays;

namespace DevKit.CertGen.Tests;

/// <summary>What holds of every command, as the table of commands itself has them: one that is new is among them.</summary>
[TestClass]
public sealed class CommandTableTests
{
    private const int Columns = 80;

    private static EveryCommand _commands = null!;

    public static IEnumerable<object[]> All => EveryCommand.All.Select(command => new object[] { EveryCommand.NameOf(command) });

    private static CommandLine CertGen => _commands.CertGen;

    [ClassInitialize]
    public static void Prepare(TestContext _) => _commands = new EveryCommand();

    [ClassCleanup]
    public static void Remove() => _commands.Dispose();

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Result_is_one_JSON_document_with_the_same_exit_code(string command)
    {
        Assert.AreEqual(0, CertGen.Run(_commands.ArgsOf(command, MakeFolder())), CertGen.Error);
        string words = CertGen.Output;
        string folder = MakeFolder();

        Assert.AreEqual(0, CertGen.Run([.. _commands.ArgsOf(command, folder), "--json=true"]), CertGen.Error);

        Assert.AreEqual(JsonValueKind.Object, CertGen.Json.ValueKind);
        Assert.AreNotEqual(words, CertGen.Output);
        int again = CertGen.Run(["--json", .. _commands.ArgsOf(command, folder)]);
        AssertDocumentOrRefusal(again);
        AssertDocumentOrRefusal(CertGen.Run([.. _commands.ArgsOf(command, folder), "--json", "--no-such-option"]));
    }

    [TestMethod]
    public void Command_that_can_fail_and_report_does_both()
    {
        string[] args = ["verify", "in/one.pem", "--image", "image.pe", "--uds", "in/secrets/b.uds"];
        Assert.AreEqual(1, CertGen.Run(args));
        Assert.AreEqual(1, CertGen.Run([.. args, "--json"]));
        Assert.AreEqual(JsonValueKind.Object, CertGen.Json.ValueKind);
        CertGen.WriteSecret("bad.csv", "registrationId,uds\nA,generate\n"u8.ToArray());
        args = ["batch", "bad.csv", "--image", "image.pe", "--out", MakeFolder(), "--uds-out", MakeFolder()];
        Assert.AreEqual(1, CertGen.Run([.. args, "--json"]));
        Assert.AreEqual(1, CertGen.Json.GetProperty("refused").GetInt32());
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Help_fits_a_terminal_and_names_the_tool(string command)
    {
        Assert.AreEqual(0, CertGen.Run([.. command == EveryCommand.OneBoard ? Array.Empty<string>() : [command], "--help"]));

        string[] lines = CertGen.Output.Split(Environment.NewLine);
        Assert.IsTrue(Array.TrueForAll(lines, line => line.Length <= Columns), lines.MaxBy(line => line.Length));
        string usage = lines[Array.IndexOf(lines, "Usage:") + 1];
        StringAssert.StartsWith(usage, command == EveryCommand.OneBoard ? "  certgen [command]" : $"  certgen {command}");
    }

    [TestMethod]
    public void Shell_completes_every_command()
    {
        Assert.AreEqual(0, CertGen.Run(["[suggest:0]", ""]), CertGen.Error);

        string[] suggested = CertGen.Output.Split(Environment.NewLine);
        CollectionAssert.IsSubsetOf(EveryCommand.All.Skip(1).Select(command => command.Name).ToArray(), suggested);
    }

    [TestMethod]
    [DataRow("bacth fleet.csv", "Unrecognized command or argument 'bacth'. Did you mean batch?")]
    [DataRow("provison --port tcp:1", "Unrecognized command or argument 'provison'. Did you mean provision?")]
    [DataRow("uds --shwo", "Unrecognized command or argument '--shwo'. Did you mean --show?")]
    [DataRow("uds --jsn", "Unrecognized command or argument '--jsn'. Did you mean --json?")]
    [DataRow("batch --imge image.pe fleet.csv", "Did you mean --image?")]
    [DataRow("--uuds=" + CommandLine.Uds, "Unrecognized command or argument '(not shown)'. Did you mean --uds?")]
    [DataRow("frobnicate", "Unrecognized command or argument 'frobnicate'. See --help.")]
    public void Mistyped_name_is_answered_with_the_one_that_is_near(string line, string message)
    {
        Assert.AreEqual(1, CertGen.Run(line.Split(' ')));
        StringAssert.Contains(CertGen.Error, message);
        Assert.DoesNotContain(CommandLine.Uds, CertGen.Error);
        Assert.HasCount(1, CertGen.Error.TrimEnd().Split('\n'));
    }

    private static string MakeFolder() => Directory.CreateDirectory(CertGen.PathOf($"out-{Guid.NewGuid():N}")).FullName;

    private static void AssertDocumentOrRefusal(int exitCode)
    {
        if (exitCode == 0)
        {
            Assert.AreEqual(JsonValueKind.Object, CertGen.Json.ValueKind);
        }
        else
        {
            Assert.AreEqual("", CertGen.Output);
            Assert.Contains("Error: ", CertGen.Error);
        }
    }
}
