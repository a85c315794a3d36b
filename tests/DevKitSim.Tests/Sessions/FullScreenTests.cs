using DevKit.Boot.Settings;
using DevKit.Support;
using DevKit.Support.Peers;

namespace DevKit.Sim.Tests.Sessions;

/// <summary><c>run</c> on a terminal.</summary>
[TestClass]
[DoNotParallelize]
public sealed class FullScreenTests : IDisposable
{
    private const string Prompt = "# ";

    private readonly string _folder = Directory.CreateTempSubdirectory("devkit-terminal-").FullName;

    public TestContext TestContext { get; set; } = null!;

    private string Board => Path.Combine(_folder, "board");

    private string ScreenFile => Path.Combine(_folder, "screen.png");

    private string ChipFile => Path.Combine(Board, "stsafe.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow(80, 24)]
    [DataRow(40, 10)]
    [DataRow(20, 6)]
    public async Task Every_key_works_on_a_terminal_of(int columns, int rows)
    {
        using Tmux terminal = await OpenAsync(columns, rows, Run("--hold-a"));
        await WaitForPromptAsync(terminal);
        await terminal.PressAsync("set_wifis", "Tab", "mime", "BSpace", "BSpace", "ne", "Enter");
        await terminal.WaitUntilAsync(_ => File.Exists(ChipFile), "the chip's file");
        await WaitForPromptAsync(terminal);

        // What was scrolled back to stands at another place than the prompt.
        await terminal.PressAsync("PageUp");
        await terminal.WaitUntilAsync(shown => !shown.Split('\n').Contains("#"), "older lines");
        await terminal.PressAsync("PageDown");
        await WaitForPromptAsync(terminal);
        await terminal.PressAsync("C-p");
        await terminal.WaitForAsync("no power");
        await terminal.PressAsync("C-a", "C-p");
        await terminal.WaitForAsync("running");
        await WaitForPromptAsync(terminal);
        await terminal.PressAsync("C-a", "C-b", "C-b", "C-s");
        await terminal.WaitUntilAsync(_ => File.Exists(ScreenFile), "the picture");
        await terminal.PressAsync("C-r");
        await terminal.WaitUntilAsync(shown => !shown.Split('\n').Contains("#"), "the reset");
        await terminal.PressAsync("C-x");
        await terminal.WaitForAsync("ended: 0");
        Assert.AreEqual("mine", StoredSettings.ReadText(Board, Setting.WifiSsid));
    }

    [TestMethod]
    [DataRow("C-c")]
    [DataRow("C-x")]
    public async Task Leaving_by_a_key_restores_the_terminal(string key)
    {
        using Tmux terminal = await OpenAsync(80, 24, Run());
        await terminal.WaitForAsync("running");
        Assert.AreEqual("1", await terminal.ReadStateAsync("alternate_on"));
        await terminal.PressAsync(key);
        await AssertRestoredAsync(terminal);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow("INT")]
    [DataRow("TERM")]
    public async Task Leaving_by_a_signal_restores_the_terminal(string signal)
    {
        using Tmux terminal = await OpenAsync(80, 24, Run());
        await terminal.WaitForAsync("running");
        string shell = await terminal.ReadStateAsync("pane_pid");
        string session = await File.ReadAllTextAsync($"/proc/{shell}/task/{shell}/children", TestContext.CancellationToken);
        await Programs.RunAsync("kill", [], $"-{signal}", session.Trim());
        await AssertRestoredAsync(terminal);
    }

    [TestMethod]
    public async Task A_board_that_does_not_start_leaves_the_terminal_as_it_was()
    {
        Directory.CreateDirectory(Board);
        await File.WriteAllTextAsync(ChipFile, "", TestContext.CancellationToken);
        using Tmux terminal = await OpenAsync(120, 24, Run());
        await AssertRestoredAsync(terminal, 1);
        Assert.Contains("Error: ", await terminal.ReadAsync());
    }

    [TestMethod]
    public async Task A_chip_file_that_is_damaged_meanwhile_is_told_and_the_session_goes_on()
    {
        using Tmux terminal = await OpenAsync(80, 24, Run("--hold-a", "--set", "wifissid=mine"));
        await WaitForPromptAsync(terminal);
        byte[] whole = await File.ReadAllBytesAsync(ChipFile, TestContext.CancellationToken);
        await terminal.PressAsync("C-p");
        await terminal.WaitForAsync("no power");
        await File.WriteAllTextAsync(ChipFile, "", TestContext.CancellationToken);
        await terminal.PressAsync("C-p");
        await terminal.WaitForAsync("is damaged. Remove it");
        await terminal.WaitForAsync("no power");
        await File.WriteAllBytesAsync(ChipFile, whole, TestContext.CancellationToken);
        await terminal.PressAsync("C-p");
        await terminal.WaitForAsync("running");
    }

    [TestMethod]
    public async Task A_secret_is_asked_for_and_not_shown()
    {
        using Tmux terminal = await OpenAsync(80, 24, Run("--plain", "--hold-a", "--uds", "-", "--set", "wifipwd=-"));
        await terminal.WaitForAsync("dps_uds (not shown):");
        await terminal.PressAsync(Sample.Uds, "Enter");
        await terminal.WaitForAsync("wifipwd (not shown):");
        await terminal.PressAsync("hunter 22", "Enter");
        await WaitForPromptAsync(terminal);
        string shown = await terminal.ReadAsync();
        Assert.DoesNotContain(Sample.Uds[..8], shown);
        Assert.DoesNotContain("hunter", shown);
        await terminal.PressAsync("C-c");
        await AssertRestoredAsync(terminal);
        Assert.AreEqual(Sample.Uds, StoredSettings.ReadText(Board, Setting.Uds));
        Assert.AreEqual("hunter 22", StoredSettings.ReadText(Board, Setting.WifiPassword));
    }

    [TestMethod]
    public async Task A_terminal_that_changes_its_size_is_drawn_anew()
    {
        using Tmux terminal = await OpenAsync(80, 24, Run("--hold-a"));
        await WaitForPromptAsync(terminal);
        await terminal.ResizeAsync(60, 10);
        await terminal.WaitForAsync("(the screen needs 80 x 22)");
        await terminal.ResizeAsync(144, 38);
        await terminal.WaitForAsync("█");
    }

    [TestMethod]
    public async Task A_terminal_that_cannot_be_drawn_on_has_the_plain_session()
    {
        using Tmux terminal = await OpenAsync(80, 24, "export TERM=dumb; " + Run("--hold-a"));
        await terminal.WaitForAsync("[Ctrl + A, B: buttons");
        await WaitForPromptAsync(terminal);
        await terminal.PressAsync("C-c");
        await AssertRestoredAsync(terminal);
    }

    private Task<Tmux> OpenAsync(int columns, int rows, string command) =>
        Tmux.OpenAsync(columns, rows, command, TestContext.CancellationToken);

    private static Task WaitForPromptAsync(Tmux terminal) =>
        terminal.WaitUntilAsync(shown => shown.Split('\n').Any(line => line.TrimEnd() == Prompt.TrimEnd()), "the prompt");

    private static async Task AssertRestoredAsync(Tmux terminal, int exitCode = 0)
    {
        await terminal.WaitForAsync($"ended: {exitCode}");
        await terminal.WaitForAsync("settings: as before");
        Assert.AreEqual("0", await terminal.ReadStateAsync("alternate_on"));
        Assert.AreEqual("1", await terminal.ReadStateAsync("cursor_flag"));
    }

    // What the shell says behind it shows what the session has left of the terminal.
    private string Run(params string[] options)
    {
        string[] arguments =
            [typeof(Program).Assembly.Location, "run", "--board", Board, "--cloud", "none", "--screen", ScreenFile, .. options];
        string run = "dotnet " + string.Join(' ', arguments.Select(argument => $"'{argument}'"));
        return $"before=$(stty -g); {run}; echo ended: $?; test $before = $(stty -g) && echo settings: as before; cat";
    }
}
