using DevKit.Board;
using DevKit.Support.Boards;
using DevKit.VirtualParts.StSafe;
using NanoStandIns;

namespace DevKit.Sim.Tests.Board;

/// <summary>Reset at one transfer after the other: the board comes up, and a setting is the old one or the new one.</summary>
[TestClass]
public class ResetTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Reset_at_each_transfer_of_the_start_is_survived()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        int transfers = 0;
        int resetAt = int.MaxValue;
        void CountAndReset(int address, I2cOutcome outcome)
        {
            if (outcome == I2cOutcome.Complete && ++transfers == resetAt)
            {
                (transfers, resetAt) = (0, resetAt + 1);
                board.Board.Reset();
            }
        }

        board.Board.Transferred += CountAndReset;
        await board.ConfigureAsync();
        int ofOneStart = transfers;
        Assert.Contains("INFO: ", await board.ExecuteAsync("set_wifissid kept"));
        board.Board.SetButton(BoardPins.ButtonA, true);
        (transfers, resetAt) = (0, 1);
        board.Board.Reset();
        await TestBoard.WaitUntilAsync(() => resetAt > ofOneStart, "A start did not come to its transfer.");
        await board.ReadLineAsync("Started by: the reset button.");
        await board.ReadPromptAsync();
        board.Board.Transferred -= CountAndReset;
        Assert.Contains("wifissid: kept\r\n", await board.ExecuteAsync("show"));
    }

    // A setting that takes many transfers: each fourth of them is enough to meet every one of its updates.
    [TestMethod]
    public async Task Reset_at_a_transfer_of_a_setting_leaves_the_old_or_the_new_value()
    {
        const string Command = "set_az_iothub ";
        const int Step = 4;
        using TestBoard board = new(TestContext.CancellationToken);
        await board.ConfigureAsync();
        Assert.Contains("INFO: ", await board.ExecuteAsync(Command + NumberedSettings.HubConnection(0)));
        using TransferTrigger counter = new(board.Board, VirtualStSafe.Address, 0, () => { });
        Assert.Contains("INFO: ", await board.ExecuteAsync(Command + NumberedSettings.HubConnection(1)));
        int ofOneSetting = counter.Count;
        board.Board.SetButton(BoardPins.ButtonA, true);
        List<bool> isNew = [];
        for (int number = 1; number <= ofOneSetting; number += Step)
        {
            // What the reset before left is cleaned up here: every reset meets the same transfers.
            int round = 2 * isNew.Count;
            Assert.Contains("INFO: ", await board.ExecuteAsync(Command + NumberedSettings.HubConnection(round)));
            using TransferTrigger reset = new(board.Board, VirtualStSafe.Address, number, board.Board.Reset);
            board.Serial.Type(Command + NumberedSettings.HubConnection(round + 1));
            await reset.WaitAsync();
            await board.ReadLineAsync("Started by: the reset button.");
            await board.ReadPromptAsync();
            string shown = await board.ExecuteAsync("show");
            string now = shown.Split(";DeviceId=")[1].Split(';')[0];
            string[] whole = [NumberedSettings.DeviceId(round), NumberedSettings.DeviceId(round + 1)];
            Assert.Contains(now, whole, $"Reset at transfer {number} of {ofOneSetting}");
            isNew.Add(now == whole[1]);
        }

        Assert.Contains(true, isNew, "never the new value");
        Assert.Contains(false, isNew, "never the old value");
    }
}
