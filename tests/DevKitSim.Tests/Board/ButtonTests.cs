using DevKit.Board;
using DevKit.Boot.Identity;
using DevKit.Sim.Board;
using DevKit.Support;
using DevKit.Support.Boards;
using DevKit.Support.Machines;
using DevKit.Support.Screens;

namespace DevKit.Sim.Tests.Board;

/// <summary>Buttons and booters: what a person does with their fingers, and where it leads.</summary>
[TestClass]
public class ButtonTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_held_through_reset_enters_configuration_mode_with_a_booter_that_steps_aside()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        await board.ConfigureAsync();
        board.Board.SetButton(BoardPins.ButtonA, true);
        board.Board.Reset();
        Assert.IsFalse(board.Board.IsInBooter);
        Assert.Contains("Configuration console:", await board.ReadPromptAsync());
        await WaitForScreenAsync(board, new Screen("", "IoT DevKit", "id:" + Sample.Mac, "Configuration"));
    }

    [TestMethod]
    public async Task A_held_through_reset_stays_in_the_published_booter()
    {
        using TestBoard board = new(TestContext.CancellationToken, new BoardOptions { Image = NanoClrImage.Published });
        board.Board.SetButton(BoardPins.ButtonA, true);
        board.Board.PlugIn();
        Assert.IsTrue(board.Board.IsInBooter);
        Assert.IsFalse(board.Board.IsRunning);
        board.Board.SetButton(BoardPins.ButtonA, false);
        Assert.IsTrue(board.Board.IsInBooter, "until the next reset");
        Assert.IsTrue(board.Board.Display.Image.IsDark);
        board.Board.Reset();
        Assert.IsFalse(board.Board.IsInBooter);
        await WaitForScreenAsync(board, Screen.Find("start"));
    }

    [TestMethod]
    public async Task A_pressed_just_after_the_reset_enters_configuration_mode_with_the_published_booter()
    {
        using TestBoard board = new(TestContext.CancellationToken, new BoardOptions { Image = NanoClrImage.Published });
        board.Board.PlugIn();
        await WaitForScreenAsync(board, Screen.Find("start"));
        board.Board.SetButton(BoardPins.ButtonA, true);
        using TestMachine withoutNetwork = new() { PhysicalAddress = null };
        string mac = Convert.ToHexStringLower(MachineGate.Use(withoutNetwork, DeviceIdentity.FindMac));
        await WaitForScreenAsync(board, new Screen("", "IoT DevKit", "id:" + mac, "Configuration", "No serial port"));
    }

    [TestMethod]
    public async Task A_let_go_before_the_firmware_looks_starts_the_application()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        board.Board.SetButton(BoardPins.ButtonA, true);
        board.Board.PlugIn();
        board.Board.SetButton(BoardPins.ButtonA, false);
        Assert.DoesNotContain("Configuration console:", await board.ReadLineAsync("ERROR: No Unique Device Secret is stored."));
    }

    [TestMethod]
    public async Task A_touched_for_one_look_of_the_firmware_enters_configuration_mode()
    {
        using TestBoard board = new(TestContext.CancellationToken, new BoardOptions { Image = NanoClrImage.Console });
        int looks = 0;
        board.Board.PinRead += pin => board.Board.SetButton(pin, ++looks == 2);
        board.Board.PlugIn();
        Assert.DoesNotContain("ERROR", await board.ReadPromptAsync());
        Assert.AreEqual(3, looks);
    }

    [TestMethod]
    public async Task B_alone_changes_nothing_and_both_buttons_enter_configuration_mode()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        board.Board.SetButton(BoardPins.ButtonB, true);
        board.Board.PlugIn();
        Assert.DoesNotContain("Configuration console:", await board.ReadLineAsync("ERROR: No Unique Device Secret is stored."));
        await board.ReadPromptAsync();
        board.Board.SetButton(BoardPins.ButtonA, true);
        board.Board.Reset();
        Assert.DoesNotContain("ERROR", await board.ReadPromptAsync());
    }

    private static Task WaitForScreenAsync(TestBoard board, Screen screen)
    {
        string picture = ScreenPictures.Draw(screen).ToBlockText();
        return TestBoard.WaitUntilAsync(() => board.Board.Display.ToBlockText() == picture, $"The screen did not come:\n{picture}");
    }
}
