using DevKit.Boot.Console;
using DevKit.Sim.Serial;
using DevKit.Support.Boards;

namespace DevKit.Sim.Tests.Serial;

[TestClass]
public class PtySerialLineTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestInitialize]
    public void SkipWhereThereAreNone()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            Assert.Inconclusive("This system has no pseudo-terminals.");
        }
    }

    [TestMethod]
    public async Task A_monitor_types_and_reads_bytes_as_they_are()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        using PtySerialLine line = new(board.Board);
        line.Attach();
        using FileStream monitor = OpenTerminal(line);
        SerialReader reader = new(monitor);
        await board.ConfigureAsync();
        await reader.ReadUntilAsync(LineEditor.Prompt);
        await monitor.WriteAsync("show\r"u8.ToArray());
        string answer = await reader.ReadUntilAsync(LineEditor.Prompt);
        Assert.StartsWith("show\r\nwifissid: not set\r\n", answer);
    }

    [TestMethod]
    public async Task Monitors_come_and_go_and_miss_what_was_sent_without_them()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        using PtySerialLine line = new(board.Board);
        line.Attach();
        await board.ConfigureAsync();
        for (int i = 0; i < 3; i++)
        {
            using FileStream monitor = OpenTerminal(line);
            SerialReader reader = new(monitor);
            await monitor.WriteAsync("version\r"u8.ToArray());
            string answer = await reader.ReadUntilAsync(LineEditor.Prompt);
            Assert.Contains("version\r\n", answer);
            await board.ReadPromptAsync();
            monitor.Close();
            await board.ExecuteAsync("show");
        }
    }

    [TestMethod]
    public async Task A_monitor_that_does_not_read_does_not_stop_the_board()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        using PtySerialLine line = new(board.Board);
        line.Attach();
        using FileStream monitor = OpenTerminal(line);
        await board.ConfigureAsync();
        for (int i = 0; i < 20; i++)
        {
            Assert.Contains("enable_secure", await board.ExecuteAsync("help"));
        }
    }

    private static FileStream OpenTerminal(PtySerialLine line) =>
        new(line.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
}
