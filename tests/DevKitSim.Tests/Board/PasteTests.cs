using DevKit.Support;
using DevKit.Support.Boards;

namespace DevKit.Sim.Tests.Board;

[TestClass]
public class PasteTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_paste_of_1000_characters_while_a_command_works_loses_nothing()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        await board.ConfigureAsync();
        Assert.Contains("INFO: ", await board.ExecuteAsync("set_dps_uds " + Sample.Uds));
        string paste = string.Concat(Enumerable.Range(0, 1000).Select(i => (char)('a' + ((i * i) % 26))));
        board.Serial.Type("show_identity\r" + paste);
        Assert.Contains("-----BEGIN CERTIFICATE-----", await board.ReadPromptAsync());
        Assert.Contains("Error:Invalid command: " + paste + "\r\n", await board.ReadPromptAsync());
    }

    [TestMethod]
    public async Task Many_lines_at_once_are_all_executed()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        await board.ConfigureAsync();
        board.Serial.Type(string.Join('\r', Enumerable.Range(0, 200).Select(i => $"unknown-{i:000}")));
        for (int i = 0; i < 200; i++)
        {
            Assert.Contains($"Error:Invalid command: unknown-{i:000}\r\n", await board.ReadPromptAsync());
        }
    }
}
