using DevKit.Boot.Settings;
using DevKit.Support;
using DevKit.Support.Boards;

namespace DevKit.Sim.Tests.Commands;

/// <summary>Settings by option: <c>--join</c>, <c>--uds</c>, <c>--set</c>.</summary>
[TestClass]
[DoNotParallelize]
public sealed class SetupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("devkit-setup-").FullName;

    public TestContext TestContext { get; set; } = null!;

    private string Board => Path.Combine(_folder, "board");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task A_board_is_set_up_without_typing_and_a_secret_stands_on_no_command_line()
    {
        string uds = Path.Combine(_folder, "uds.txt");
        await File.WriteAllTextAsync(uds, $"\uFEFF \"0x{Sample.Uds}\"\r\n", TestContext.CancellationToken);
        string[] options = ["--wifi", "my \"net\" \\ :pass word", "--join", "--uds", uds, "--set", "dps_idscope=0ne00000001"];
        using (BoardProcess session = new(["--board", Board, .. options]))
        {
            string output = await session.Output.ReadUntilAsync("Wi-Fi: joined my \"net\" \\ ");
            Assert.DoesNotContain("three steps", output, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("set_", output);
            session.Kill();
        }

        Assert.AreEqual(Sample.Uds, StoredSettings.ReadText(Board, Setting.Uds));
        Assert.AreEqual("pass word", StoredSettings.ReadText(Board, Setting.WifiPassword));
        Assert.AreEqual("IdScope=0ne00000001", StoredSettings.ReadText(Board, Setting.Cloud));
    }

    [TestMethod]
    public async Task Secrets_of_the_input_are_read_line_by_line_and_what_follows_is_typed()
    {
        string[] options = ["--hold-a", "--uds", "-", "--set", "wifipwd=-"];
        using BoardProcess session = new(["--board", Board, .. options]);
        await session.Input.WriteAsync($"\uFEFF0x{Sample.Uds}\r\npass word\nshow\n".AsMemory(), TestContext.CancellationToken);
        session.Input.Close();
        string output = await session.Output.ReadUntilAsync("wifipwd: set");
        Assert.Contains("# show", output);
        session.Kill();
        Assert.AreEqual("pass word", StoredSettings.ReadText(Board, Setting.WifiPassword));
        Assert.AreEqual(Sample.Uds, StoredSettings.ReadText(Board, Setting.Uds));
    }

    [TestMethod]
    public async Task Joining_an_open_network_clears_the_password_of_another_one()
    {
        foreach ((string network, string? password) in new[] { ("home:password", "password"), ("cafe:", null) })
        {
            using BoardProcess session = new("--board", Board, "--wifi", network, "--join");
            await session.Output.ReadUntilAsync("# ");
            session.Kill();
            Assert.AreEqual(network.Split(':')[0], StoredSettings.ReadText(Board, Setting.WifiSsid));
            Assert.AreEqual(password, StoredSettings.ReadText(Board, Setting.WifiPassword));
        }
    }

    [TestMethod]
    [DataRow("--set", "wifipwd=secret password", "Warning: --set wifipwd: ")]
    [DataRow("--wifi", "home:secret password", "Warning: --wifi home:...: ")]
    public async Task A_password_on_the_command_line_is_warned_of(string option, string value, string named)
    {
        using BoardProcess session = new("--board", Board, "--hold-a", option, value);
        await session.Output.ReadUntilAsync("# ");
        session.Kill();
        string warning = await session.Errors.ReadToEndAsync(TestContext.CancellationToken);
        Assert.StartsWith(named, warning);
        Assert.Contains("by --set wifipwd=-.", warning);
        Assert.DoesNotContain("secret password", warning);
    }

    [TestMethod]
    public async Task What_the_console_refuses_leaves_the_board_as_it_was()
    {
        string refusal = await CommandLine.RefuseAsync("run", "--board", Board, "--set", "wifissid=new", "--set", "wifisid=other");
        Assert.Contains("wifisid: the board refuses it: Error:Invalid command: set_wifisid Did you mean set_wifissid?", refusal);
        Assert.IsFalse(File.Exists(Path.Combine(Board, "stsafe.json")));

        string kept = Path.Combine(Board, "stsafe.json");
        using (TestBoard other = new(TestContext.CancellationToken))
        {
            await other.ConfigureAsync();
            await other.ExecuteAsync("set_wifissid old");
            other.Board.PullPlug();
            File.Copy(other.Board.Folder.SecureElementFile, kept);
        }

        byte[] before = await File.ReadAllBytesAsync(kept, TestContext.CancellationToken);
        string file = Path.Combine(_folder, "uds.txt");
        await File.WriteAllTextAsync(file, "0123", TestContext.CancellationToken);
        refusal = await CommandLine.RefuseAsync("run", "--board", Board, "--join", "--uds", file);
        Assert.Contains("dps_uds: the board refuses it: Invalid UDS: ", refusal);
        Assert.Contains("no setting was changed", refusal);
        CollectionAssert.AreEqual(before, await File.ReadAllBytesAsync(kept, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_board_without_a_serial_port_is_not_set_up_by_option()
    {
        Assert.Contains(
            "--join: the published image has no serial port",
            await CommandLine.RefuseAsync("run", "--board", Board, "--nanoclr", "published", "--join"));
    }
}
