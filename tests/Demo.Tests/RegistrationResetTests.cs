using System.Text;
using DevKit.Board;
using DevKit.Boot;
using DevKit.Boot.Settings;
using DevKit.Demo.Tests.Support;
using DevKit.Sim.Board;
using DevKit.Support;
using DevKit.Support.Boards;

namespace DevKit.Demo.Tests;

/// <summary>Reset on the way to the hub, at transfers to the OLED: there are some forty from the reset to the connection.</summary>
[TestClass]
public class RegistrationResetTests
{
    private const string Assigned = "DPS: assigned to ";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Reset_before_and_behind_the_assignment_ends_in_a_connection()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(TestContext.CancellationToken, TimeSpan.FromMilliseconds(200));
        await cloud.EnrollAsync(MeasuredImage.Read()!);
        BoardOptions options = new() { CloudEndPoint = cloud.Host.MqttEndPoint.ToString() };
        using TestBoard board = new(TestContext.CancellationToken, options);
        board.Board.Folder.StoreCa(cloud.Host.CaCertificatePem);
        await SetUpAsync(board, cloud.Host.IdScope);
        List<bool> wasAssigned = [];
        foreach (int number in (int[])[16, 22, 28, 34, 40])
        {
            wasAssigned.Add(await ResetAtAsync(board, number));
        }

        Assert.Contains(true, wasAssigned, "never behind the assignment");
        Assert.Contains(false, wasAssigned, "never before the assignment");
        await board.ReadLineAsync($"Hub: connected to {cloud.Host.HubName} as {Sample.RegistrationId}");
        board.Board.PullPlug();
        Assert.AreEqual(Sample.Uds, board.ReadStoredText(Setting.Uds));
        Assert.AreEqual(BoardOptions.DefaultSsid, board.ReadStoredText(Setting.WifiSsid));
        Assert.AreEqual("IdScope=" + cloud.Host.IdScope, board.ReadStoredText(Setting.Cloud));
    }

    /// <summary>Plugs the board in anew, and resets it at a transfer.</summary>
    /// <returns>Whether it had been assigned.</returns>
    private static async Task<bool> ResetAtAsync(TestBoard board, int number)
    {
        StringBuilder sent = new();
        void Collect(byte[] bytes) => sent.Append(Encoding.UTF8.GetString(bytes));
        bool wasAssigned = false;
        board.Board.PullPlug();
        using TransferTrigger reset = new(board.Board, BoardPins.DisplayAddress, number, () =>
        {
            wasAssigned = sent.ToString().Contains(Assigned, StringComparison.Ordinal);
            board.Board.Reset();
        });
        board.Board.SerialSent += Collect;
        board.Board.PlugIn();
        await reset.WaitAsync();
        board.Board.SerialSent -= Collect;
        await board.ReadLineAsync("Started by: the reset button.");
        return wasAssigned;
    }

    private static async Task SetUpAsync(TestBoard board, string idScope)
    {
        await board.ConfigureAsync();
        string[] lines =
        [
            "set_wifissid " + BoardOptions.DefaultSsid,
            "set_wifipwd " + BoardOptions.DefaultPassword,
            "set_dps_uds " + Sample.Uds,
            "set_dps_idscope " + idScope,
        ];
        foreach (string line in lines)
        {
            Assert.Contains("INFO: Set ", await board.ExecuteAsync(line));
        }
    }
}
