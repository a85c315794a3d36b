using DevKit.Sim.Tests.Support;

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
        Assert.Contains("INFO: ", await board.ExecuteAsync("set_dps_uds 19e25a259d0c2be03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eae"));
        Random random = new(1000);
        string paste = string.Concat(Enumerable.Range(0, 1000).Select(_ => (char)random.Next('a', 'z' + 1)));
        board.Serial.Type("show_identity\r" + paste);
        Assert.Contains("-----BEGIN CERTIFICATE-----", await board.ReadPromptAsync());
        Assert.Contains("Error:Invalid command: " + paste + "\r\n", await board.ReadPromptAsync());
    }

    [TestMethod]
    public async Task Many_lines_at_once_are_all_obeyed()
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
