using System.Text;
using DevKit.Board;
using DevKit.Boot;
using DevKit.Boot.Reset;
using DevKit.Boot.Settings;
using DevKit.Dice;
using DevKit.Support;
using DevKit.Support.Machines;
using DevKit.VirtualParts.I2c;
using DevKit.VirtualParts.StSafe;

namespace DevKit.Boot.Tests;

[TestClass]
[DoNotParallelize]
public class CrashTests
{
    private static readonly FirmwareImage CrashingImage = FirmwareImage.Read(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Support.CrashingApplication.dll")));

    [TestMethod]
    public void A_crash_on_any_thread_is_shown()
    {
        ConsoleSession session = MakeBoard("throw");
        Thread stage = TestMachine.Start(new FirstStage(session.Parts, CrashingImage, buttonWindow: 0).Run);
        session.Machine.WaitForSent("InvalidOperationException. thrown by Run");
        session.Machine.WaitForSent("Crash 1 in a row. The board starts again in 5 s");
        session.Machine.WaitForRed();
        session.Machine.Dispose();
        stage.Join();
    }

    [TestMethod]
    public void An_application_that_returns_is_started_again_at_once_and_has_not_crashed()
    {
        ConsoleSession session = MakeBoard("return");
        BootRecord.Announce(ResetReason.Crash, 3);
        FirstStage stage = new(session.Parts, CrashingImage, buttonWindow: 0);
        Assert.ThrowsExactly<RebootException>(stage.Run);
        session.Machine.PowerOn();
        Assert.DoesNotContain("crashed", session.Machine.Sent);
        _ = TestMachine.Start(new FirstStage(session.Parts, CrashingImage, buttonWindow: 0).Run);
        session.Machine.WaitForSent("Started by: the application. Crashes in a row: 0\r\n");
        session.Machine.Dispose();
    }

    [TestMethod]
    public void The_application_is_told_how_the_board_came_up()
    {
        ConsoleSession session = MakeBoard("report");
        BootRecord.Announce(ResetReason.Console, 2);
        Thread stage = TestMachine.Start(new FirstStage(session.Parts, CrashingImage, buttonWindow: 0).Run);
        session.Machine.WaitForSent($"exit from the console, 2, Boot {BootVersion.Text}, application {CrashingImage.Version}");
        session.Machine.Dispose();
        stage.Join();
    }

    [TestMethod]
    public void Button_A_in_the_pause_after_a_crash_enters_configuration_mode()
    {
        ConsoleSession session = MakeBoard("throw");
        Thread stage = TestMachine.Start(new FirstStage(session.Parts, CrashingImage, buttonWindow: 0).Run);
        session.Machine.WaitForSent("Crash 1 in a row.");
        session.Machine.SetPin(BoardPins.ButtonA, false);
        session.Machine.WaitForSent("Configuration console:");
        session.Machine.Receive("exit\r"u8.ToArray());
        stage.Join();
    }

    [TestMethod]
    public void The_next_start_knows_of_the_crash()
    {
        ConsoleSession session = MakeBoard("throw");
        BootRecord.Announce(ResetReason.Crash, 3);
        Thread stage = TestMachine.Start(new FirstStage(session.Parts, CrashingImage, buttonWindow: 0).Run);
        session.Machine.WaitForSent("Started by: a crash of the application. Crashes in a row: 3");
        session.Machine.WaitForSent("Crash 4 in a row. The board starts again in 40 s");
        session.Machine.Dispose();
        stage.Join();
    }

    [TestMethod]
    public void A_board_that_cannot_be_brought_up_is_started_again()
    {
        TestMachine machine = new TestMachine().Install();
        machine.Bus.Attach(VirtualStSafe.Address, new ThrowingPart());
        BootRecord.Announce(ResetReason.ResetButton, 1);
        Assert.ThrowsExactly<RebootException>(() => Program.Run(CrashingImage.Bytes));
        machine.PowerOn();
        Assert.Contains("ERROR: The board can't be brought up: InvalidOperationException. out of memory, say", machine.Sent);
        BootRecord record = BootRecord.Read();
        Assert.AreEqual(ResetReason.Crash, record.Reason);
        Assert.AreEqual(2, record.CrashesInARow);
    }

    [TestMethod]
    public void A_start_that_nobody_announced_is_the_reset_buttons()
    {
        _ = new ConsoleSession();
        Assert.AreEqual(ResetReason.PowerOn, BootRecord.Read().Reason);
        Assert.AreEqual(ResetReason.ResetButton, BootRecord.Read().Reason);
        BootRecord.Announce(ResetReason.Console, 0);
        Assert.AreEqual(ResetReason.Console, BootRecord.Read().Reason);
    }

    [TestMethod]
    public void A_record_with_any_bit_flipped_is_taken_for_no_record()
    {
        ConsoleSession session = new();
        BootRecord.Announce(ResetReason.Crash, 7);
        byte[] record = new byte[12];
        session.Machine.ReadBackup(0, record);
        for (int bit = 0; bit < record.Length * 8; bit++)
        {
            byte[] flipped = [.. record];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            session.Machine.WriteBackup(0, flipped);
            BootRecord read = BootRecord.Read();
            Assert.AreEqual(ResetReason.PowerOn, read.Reason, $"bit {bit}");
            Assert.AreEqual(0, read.CrashesInARow, $"bit {bit}");
        }
    }

    [TestMethod]
    [DataRow(1, 5)]
    [DataRow(2, 10)]
    [DataRow(6, 160)]
    [DataRow(7, 300)]
    [DataRow(255, 300)]
    public void The_pause_grows_from_crash_to_crash_up_to_five_minutes(int crashes, int seconds)
    {
        Assert.AreEqual(seconds, CrashHandler.FindPause(crashes));
    }

    [TestMethod]
    public void A_long_run_starts_a_new_row_of_crashes()
    {
        Assert.AreEqual(5, CrashHandler.CountCrash(4, 299));
        Assert.AreEqual(1, CrashHandler.CountCrash(4, 300));
    }

    private sealed class ThrowingPart : II2cTarget
    {
        public NanoStandIns.I2cOutcome Write(ReadOnlySpan<byte> bytes) => throw new InvalidOperationException("out of memory, say");

        public NanoStandIns.I2cOutcome Read(Span<byte> bytes) => throw new InvalidOperationException("out of memory, say");
    }

    private static ConsoleSession MakeBoard(string way)
    {
        ConsoleSession session = new();
        session.Parts.Store.Write(Setting.Uds, Encoding.ASCII.GetBytes(Sample.Uds));
        session.Parts.Store.Write(Setting.WifiSsid, Encoding.ASCII.GetBytes(way));
        return session;
    }
}
