using System.Globalization;
using DevKit.Board;
using DevKit.Boot.Settings;
using DevKit.Support.Boards;
using DevKit.VirtualParts.Faults;
using DevKit.VirtualParts.StSafe;

namespace DevKit.Sim.Tests.Board;

/// <summary>
/// The plug is pulled in one command after the other that the firmware gives to the secure element, in the middle of what it writes
/// and before its answer: what stands there then is the old value or the new one, and the board comes up.
/// </summary>
[TestClass]
public class PowerCutTests
{
    // Where in an update: of 180 bytes, the head of a long value, and of fewer, down to the 8 of the journal's header.
    private static readonly int[] BytesWritten = [100, 4];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public Task Pulling_the_plug_while_the_UDS_is_set_leaves_the_old_or_the_new_one() => CutEachCommandAsync(
        Setting.Uds,
        "set_dps_uds ",
        round => string.Concat(Enumerable.Repeat((round + 1).ToString("x2", CultureInfo.InvariantCulture), 32)));

    // Long enough to be written in several pieces: what is in force is decided by one of them.
    [TestMethod]
    public Task Pulling_the_plug_while_the_hub_is_set_leaves_the_old_or_the_new_one() =>
        CutEachCommandAsync(Setting.Cloud, "set_az_iothub ", NumberedSettings.HubConnection);

    private async Task CutEachCommandAsync(Setting setting, string command, Func<int, string> makeValue)
    {
        using TestBoard board = new(TestContext.CancellationToken);
        await board.ConfigureAsync();
        Assert.Contains("INFO: Set ", await board.ExecuteAsync(command + makeValue(0)));
        int before = board.Board.SecureElement!.CommandsReceived;
        Assert.Contains("INFO: Set ", await board.ExecuteAsync(command + makeValue(1)));
        int commands = board.Board.SecureElement.CommandsReceived - before;
        board.Board.SetButton(BoardPins.ButtonA, true);
        List<bool> isNew = [];
        for (int cut = 0; cut < 2 * commands; cut++)
        {
            int number = (cut / 2) + 1;
            bool isInWrite = cut % 2 == 0;
            string old = makeValue(2 * cut);
            string value = makeValue((2 * cut) + 1);

            // What the cut before left is cleaned up here: every cut meets the same commands.
            Assert.Contains("INFO: Set ", await board.ExecuteAsync(command + old));
            CutPowerAt(board, number, isInWrite);
            board.Serial.Type(command + value);
            await TestBoard.WaitUntilAsync(() => !board.Board.IsPowered, $"There was no command {number} of {commands}.");
            string? now = board.ReadStoredText(setting);
            string where = $"{(isInWrite ? "in the middle of" : "behind")} command {number} of {commands}";
            Assert.IsTrue(now == old || now == value, $"Cut {where}: neither the old nor the new value stands there.");
            isNew.Add(now != old);
            board.Board.PlugIn();
            await board.ReadLineAsync("Started by: power.");
            await board.ReadPromptAsync();
        }

        Assert.Contains(true, isNew, "never the new value");
        Assert.Contains(false, isNew, "never the old value");
    }

    /// <summary>
    /// Has the power fail in a command, counted from the next one, or before its answer; a command that only reads has no middle.
    /// </summary>
    private static void CutPowerAt(TestBoard board, int number, bool isInWrite)
    {
        VirtualStSafe chip = board.Board.SecureElement!;
        int command = chip.CommandsReceived + number;
        Fault behind = new(FaultKind.PowerCutInAnswer, command, 0);
        IEnumerable<Fault> inWrite = BytesWritten.Select(bytes => new Fault(FaultKind.PowerCutInWrite, command, bytes));
        chip.Faults = isInWrite ? new FaultPlan([.. inWrite, behind]) : new FaultPlan(behind);
    }
}
