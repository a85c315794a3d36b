using System.Net;
using System.Net.Sockets;
using DevKit.Support.Boards;
using DevKit.VirtualParts.I2c;

namespace DevKit.Sim.Tests.Board;

/// <summary>The board's I2C bus for other programs, as <c>--i2c</c> opens it.</summary>
[TestClass]
public class I2cTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Another_program_reads_what_the_console_has_set_and_finds_nobody_without_power()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        await using I2cBusServer server = I2cBusServer.Start(board.Board.Bus);
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.CancellationToken);
        using StreamWriter requests = new(client.GetStream()) { AutoFlush = true, NewLine = "\n" };
        using StreamReader answers = new(client.GetStream());
        async Task<string?> Ask(string line)
        {
            await requests.WriteLineAsync(line);
            return await answers.ReadLineAsync(TestContext.CancellationToken);
        }

        async Task<string?> AskUntilAcknowledged(string line)
        {
            string? answer = await Ask(line);
            for (int i = 0; i < 1000 && answer == "NACK"; i++)
            {
                await Task.Delay(5);
                answer = await Ask(line);
            }

            return answer;
        }

        Assert.AreEqual("NACK", await Ask("W 20"));
        Assert.AreEqual("NACK", await Ask("W 3C"));
        await board.ConfigureAsync();
        Assert.Contains("INFO: ", await board.ExecuteAsync("set_wifissid neighbours"));
        Assert.AreEqual("ACK", await Ask("W 3C"));

        // Read zone 3, offset 0, 11 bytes; the CRC is that of the datasheet (X-25, high byte first).
        Assert.AreEqual("ACK", await AskUntilAcknowledged("W 20 0500030000000B" + Crc("0500030000000B")));
        Assert.StartsWith("ACK 00000D" + Convert.ToHexString("neighbours\0"u8), await AskUntilAcknowledged("R 20 16"));
        board.Board.PullPlug();
        Assert.AreEqual("NACK", await Ask("W 20"));
    }

    private static string Crc(string hex)
    {
        int crc = 0xFFFF;
        foreach (byte b in Convert.FromHexString(hex))
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x8408 : crc >> 1;
            }
        }

        return (crc ^ 0xFFFF).ToString("X4", System.Globalization.CultureInfo.InvariantCulture);
    }
}
