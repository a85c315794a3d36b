using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DevKit.Support.Boards;

namespace DevKit.CertGen.Tests.BadDays;

/// <summary>Ctrl+C, on the real program: one line, exit code 130, and nothing that was half done is kept as done.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class InterruptionTests : IDisposable
{
    private const string Line = "Error: interrupted.\n";

    private readonly CommandLine _certGen = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    public async Task Question_is_interrupted_and_nothing_is_written()
    {
        using RunningProgram program = new(_certGen.Folder);
        await program.ReadUntilAsync("Application image: ");
        await program.InterruptAsync();
        await AssertInterruptedAsync(program, Line);
    }

    [TestMethod]
    public async Task Secret_that_does_not_come_is_interrupted()
    {
        using RunningProgram program = new(_certGen.Folder);
        await program.ReadUntilAsync("Application image: ");
        await program.Input.WriteAsync("image.pe\n");
        await program.Input.FlushAsync(TestContext.CancellationToken);
        await program.ReadUntilAsync("(not shown): ");
        await program.InterruptAsync();
        await AssertInterruptedAsync(program, Line);
    }

    [TestMethod]
    public async Task Terminal_that_hides_a_secret_is_given_back_as_it_was()
    {
        if (!File.Exists("/usr/bin/script") || !OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("No terminal can be made here: script of util-linux is not there.");
        }

        using var program = RunningProgram.StartAtTerminal(_certGen.Folder, "request");
        string terminal = (await program.ReadUntilAsync("\n")).Trim();
        await program.ReadUntilAsync("(not shown): ");
        await WaitForHiddenInputAsync(terminal);
        await program.Input.WriteAsync("deadbeef\u0003");
        await program.Input.FlushAsync(TestContext.CancellationToken);

        (_, string output, _) = await program.EndAsync();

        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        Assert.Contains(Line.TrimEnd(), lines);
        Assert.Contains("code=130", lines);
        Assert.DoesNotContain("deadbeef", output);
        Assert.Contains(" echo ", output);
        Assert.Contains(" icanon ", output);
        CollectionAssert.AreEqual(new[] { "image.pe" }, _certGen.Files);
    }

    [TestMethod]
    public async Task Enrolling_at_a_service_that_does_not_answer_is_interrupted()
    {
        using TcpListener service = new(IPAddress.Loopback, 0);
        service.Start();
        _certGen.WriteSecret("uds.txt", Encoding.ASCII.GetBytes(CommandLine.Uds));
        _certGen.WriteSecret("fleet.csv", Encoding.ASCII.GetBytes($"registrationId,uds\na,{CommandLine.Uds}\n"));
        _certGen.WriteSecret("service.txt", "HostName=a.example.net;SharedAccessKeyName=b;SharedAccessKey=YWJj"u8.ToArray());
        Assert.AreEqual(0, _certGen.Run(["batch", "fleet.csv", "--image", "image.pe"]), _certGen.Error);
        string[] before = _certGen.Files;

        using RunningProgram program = new(
            _certGen.Folder, "enroll", "manifest.jsonl", "--service", "service.txt", "--connect", $"{service.LocalEndpoint}");
        using TcpClient client = await service.AcceptTcpClientAsync(TestContext.CancellationToken);
        await program.InterruptAsync();

        await AssertInterruptedAsync(program, Line, before);
    }

    [TestMethod]
    public async Task Board_that_was_not_set_up_whole_is_not_called_done_and_its_secret_is_named()
    {
        using ScriptedBoard board = new(_certGen.Image);
        board["set_dps_idscope"] = ScriptedBoard.Silent;
        using RunningProgram program = new(
            _certGen.Folder, "provision", "--port", board.Port, "--uds", "generate", "--id-scope", "0ne00000000");
        await program.ReadUntilAsync("set_dps_uds: ");
        await program.InterruptAsync();

        (int code, string output, string error) = await program.EndAsync();

        string kept = _certGen.Files.Single(name => name.EndsWith(".uds", StringComparison.Ordinal));
        Assert.AreEqual(130, code);
        Assert.AreEqual($"Warning: The UDS that was made for this board is in {kept}: go on with --uds {kept}\n{Line}", error);
        Assert.DoesNotContain("Written", output);
        CollectionAssert.AreEquivalent(new[] { "image.pe", kept }, _certGen.Files);
    }

    private async Task WaitForHiddenInputAsync(string terminal)
    {
        string modes;
        do
        {
            using Process stty = Process.Start(
                new ProcessStartInfo("stty", ["-F", terminal, "-a"]) { RedirectStandardOutput = true })!;
            modes = await stty.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
        }
        while (!modes.Contains(" -echo ", StringComparison.Ordinal));
    }

    private async Task AssertInterruptedAsync(RunningProgram program, string message, string[]? files = null)
    {
        (int code, _, string error) = await program.EndAsync();
        Assert.AreEqual(message, error);
        Assert.AreEqual(130, code);
        CollectionAssert.AreEqual(files ?? ["image.pe"], _certGen.Files);
    }
}
