using System.Net;
using System.Net.Sockets;
using System.Text;
using DevKit.Support.Chip;
using DevKit.VirtualParts.Faults;
using DevKit.VirtualParts.I2c;

namespace DevKit.StSafe.Tests.VirtualChip;

/// <summary>The bus over TCP, by lines in and lines out.</summary>
[TestClass]
public sealed class I2cBusServerTests
{
    private readonly ChipRig _rig = new();
    private readonly I2cBus _bus = new();

    public TestContext TestContext { get; set; } = null!;

    [TestInitialize]
    public void Attach()
    {
        _rig.Clock.Pause(10);
        _bus.Attach(0x20, _rig.Chip);
    }

    [TestMethod]
    [DataRow("W 20 141799 88")]
    [DataRow("W 20 14179988")]
    [DataRow("w 20 14 17 99 88")]
    [DataRow("  W  20   14179988  ")]
    public void Recorded_exchange_passes_with_blanks_anywhere(string line)
    {
        Assert.AreEqual("ACK", I2cLine.Execute(_bus, line));
        Assert.AreEqual("NACK", I2cLine.Execute(_bus, "R 20 5"));
        _rig.Clock.Pause(3);
        Assert.AreEqual("ACK 000003000F", I2cLine.Execute(_bus, "R 20 5"));
        Assert.AreEqual("ACK 000003000F47FFFFFFFF", I2cLine.Execute(_bus, "R 20 10"));
    }

    [TestMethod]
    [DataRow("W 20", "ACK")]
    [DataRow("W 21", "NACK")]
    [DataRow("W 21 00", "NACK")]
    [DataRow("R 3C 1", "NACK")]
    public void Probe_finds_who_is_there(string line, string answer) => Assert.AreEqual(answer, I2cLine.Execute(_bus, line));

    [TestMethod]
    [DataRow("")]
    [DataRow("W")]
    [DataRow("X 20 00")]
    [DataRow("W 80 00")]
    [DataRow("W -1 00")]
    [DataRow("W xx 00")]
    [DataRow("W 20 0")]
    [DataRow("W 20 0g")]
    [DataRow("R 20")]
    [DataRow("R 20 0")]
    [DataRow("R 20 1025")]
    [DataRow("R 20 five")]
    [DataRow("R 20 5 5")]
    public void Line_that_is_none_is_an_error_with_a_reason(string line) => Assert.StartsWith("ERROR ", I2cLine.Execute(_bus, line));

    [TestMethod]
    public void Faults_are_seen_through_the_port()
    {
        _rig.Chip.Faults = new FaultPlan(new Fault(FaultKind.CommandTimedOutBefore, 1));
        Assert.AreEqual("TIMEOUT", I2cLine.Execute(_bus, "W 20 14179988"));
        _rig.Chip.Faults = new FaultPlan(new Fault(FaultKind.PowerCutInCommand, 1, 2));
        Assert.AreEqual("NACK", I2cLine.Execute(_bus, "W 20 14179988"));
    }

    [TestMethod]
    public async Task Several_programs_share_the_bus()
    {
        await using I2cBusServer server = I2cBusServer.Start(_bus);
        using TcpClient one = await ConnectAsync(server);
        using TcpClient other = await ConnectAsync(server);
        Assert.AreEqual("ACK", await AskAsync(one, "W 20 14179988\n"));
        _rig.Clock.Pause(3);
        Assert.AreEqual("ACK 000003000F47", await AskAsync(other, "R 20 6\r\n"));
        Assert.StartsWith("ERROR", await AskAsync(one, "\n"));
        Assert.AreEqual("ACK 00", await AskAsync(one, "R 20 1\n"));
    }

    [TestMethod]
    public async Task Lines_may_come_in_pieces_and_several_at_once()
    {
        await using I2cBusServer server = I2cBusServer.Start(_bus);
        using TcpClient client = await ConnectAsync(server);
        await client.GetStream().WriteAsync("W 20 14"u8.ToArray(), TestContext.CancellationToken);
        Assert.AreEqual("ACK", await AskAsync(client, "179988\nW 21 00\n"));
        Assert.AreEqual("NACK", await AskAsync(client, ""));
    }

    [TestMethod]
    public async Task Endless_line_ends_the_connection_and_no_other()
    {
        await using I2cBusServer server = I2cBusServer.Start(_bus);
        using TcpClient endless = await ConnectAsync(server);
        using TcpClient other = await ConnectAsync(server);
        Assert.AreEqual("", await AskAsync(endless, new string('0', 5000)));
        Assert.AreEqual("ACK", await AskAsync(other, "W 20\n"));
    }

    [TestMethod]
    public async Task Busy_port_is_an_exception_at_the_start()
    {
        await using I2cBusServer server = I2cBusServer.Start(_bus);
        Assert.ThrowsExactly<SocketException>(() => I2cBusServer.Start(_bus, server.Port));
    }

    [TestMethod]
    public async Task Stopped_server_closes_its_connections()
    {
        I2cBusServer server = I2cBusServer.Start(_bus);
        using TcpClient client = await ConnectAsync(server);
        Assert.AreEqual("ACK", await AskAsync(client, "W 20\n"));
        await server.DisposeAsync();
        Assert.AreEqual("", await AskAsync(client, ""));
    }

    private async Task<TcpClient> ConnectAsync(I2cBusServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.CancellationToken);
        return client;
    }

    /// <summary>Sends text and reads a line of answer; empty when the connection ends.</summary>
    private async Task<string> AskAsync(TcpClient client, string text)
    {
        NetworkStream stream = client.GetStream();
        var line = new StringBuilder();
        byte[] one = new byte[1];
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.CancellationToken);
            while (await stream.ReadAsync(one, TestContext.CancellationToken) > 0 && one[0] != '\n')
            {
                line.Append((char)one[0]);
            }
        }
        catch (IOException)
        {
            // Closed with bytes unread is a reset.
        }

        return line.ToString();
    }
}
