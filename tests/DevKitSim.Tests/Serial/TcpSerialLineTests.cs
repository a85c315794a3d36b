using System.Net;
using System.Net.Sockets;
using DevKit.Boot.Console;
using DevKit.Sim.Serial;
using DevKit.Support.Boards;

namespace DevKit.Sim.Tests.Serial;

[TestClass]
public class TcpSerialLineTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_monitor_types_and_reads_and_the_next_one_too()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        using TcpSerialLine line = new(board.Board, 0);
        line.Attach();
        await board.ConfigureAsync();
        for (int i = 0; i < 3; i++)
        {
            await TestBoard.WaitUntilAsync(() => !line.HasMonitor, "The last monitor has gone.");
            using TcpClient monitor = await ConnectAsync(line);
            SerialReader reader = new(monitor.GetStream());
            await monitor.GetStream().WriteAsync("version\r"u8.ToArray(), TestContext.CancellationToken);
            Assert.Contains("Runtime: ", await reader.ReadUntilAsync(LineEditor.Prompt));
        }
    }

    [TestMethod]
    public async Task A_second_monitor_is_told_that_there_is_one_already()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        using TcpSerialLine line = new(board.Board, 0);
        line.Attach();
        await board.ConfigureAsync();
        using TcpClient first = await ConnectAsync(line);
        SerialReader reader = new(first.GetStream());
        await first.GetStream().WriteAsync("version\r"u8.ToArray(), TestContext.CancellationToken);
        await reader.ReadUntilAsync(LineEditor.Prompt);
        using TcpClient second = await ConnectAsync(line);
        using StreamReader refusal = new(second.GetStream());
        string message = await refusal.ReadToEndAsync(TestContext.CancellationToken);
        Assert.AreEqual("Another monitor is connected to this serial port.\r\n", message);
        await first.GetStream().WriteAsync("show\r"u8.ToArray(), TestContext.CancellationToken);
        Assert.Contains("wifissid: not set", await reader.ReadUntilAsync(LineEditor.Prompt));
    }

    [TestMethod]
    public void A_busy_port_is_named_with_the_option()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        IOException e = Assert.ThrowsExactly<IOException>(() => new TcpSerialLine(board.Board, port).Dispose());
        Assert.Contains($"TCP port {port}", e.Message);
        Assert.Contains("--serial tcp:PORT", e.Message);
    }

    private async Task<TcpClient> ConnectAsync(TcpSerialLine line)
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, line.Port, TestContext.CancellationToken);
        return client;
    }
}
