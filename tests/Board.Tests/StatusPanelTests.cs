using System.Device.Gpio;
using System.Device.I2c;
using DevKit.Board.Display;
using DevKit.Support.Machines;

namespace DevKit.Board.Tests;

/// <summary>Whatever a text holds, a line on serial is one line, and a screen one of printable characters.</summary>
[TestClass]
[DoNotParallelize]
public sealed class StatusPanelTests : IDisposable
{
    private readonly TestMachine _machine = new TestMachine().Install();

    public void Dispose() => _machine.Dispose();

    [TestMethod]
    public void Each_control_character_is_a_blank()
    {
        StatusPanel panel = Open();
        for (int c = 0; c < 0x100; c++)
        {
            panel.Log($"<{(char)c}>");
        }

        panel.Log("<\u2028\u2029>");
        string[] lines = _machine.Sent.Split("\r\n");
        Assert.HasCount(0x100 + 2, lines);
        for (int c = 0; c < 0x100; c++)
        {
            Assert.AreEqual(char.IsControl((char)c) ? "< >" : $"<{(char)c}>", lines[c]);
        }

        Assert.AreEqual("<  >", lines[0x100]);
    }

    [TestMethod]
    public void A_line_as_long_as_allowed_is_whole_and_a_longer_one_ends_in_dots()
    {
        StatusPanel panel = Open();
        panel.Log(new string('x', StatusPanel.LongestText));
        panel.Log(new string('y', StatusPanel.LongestText + 1));
        Assert.AreEqual(
            new string('x', StatusPanel.LongestText) + "\r\n" + new string('y', StatusPanel.LongestText - 3) + "...\r\n", _machine.Sent);
    }

    [TestMethod]
    public void A_screen_shows_a_blank_for_a_control_character()
    {
        StatusPanel panel = Open();
        panel.Show("Message", "a\nb\u001bc", null, "");
        string shown = _machine.Display.ToBlockText();
        panel.Show("Message", "a b c", "", "");
        Assert.AreEqual(_machine.Display.ToBlockText(), shown);
    }

    [TestMethod]
    public void A_notice_is_cleaned_as_well()
    {
        Open().ShowError(new Notice("Bad", "Try again", "is\r\nbad", "do\ngood"));
        Assert.AreEqual("ERROR: is  bad\r\n       do good\r\n", _machine.Sent);
        Assert.IsTrue(_machine.IsRed);
    }

    [TestMethod]
    [DataRow(true, "Hold A")]
    [DataRow(false, "Needs an image with a serial port")]
    public void A_remedy_that_takes_the_console_is_not_named_where_there_is_none(bool hasSerial, string shown)
    {
        _machine.SerialPorts = hasSerial ? _machine.SerialPorts : [];
        StatusPanel panel = Open();
        panel.ShowError(new Notice("Bad", "Hold A", "is bad", "type it") { NeedsConsole = true });
        string picture = _machine.Display.ToBlockText();
        panel.Show("Bad", shown, "", "");
        Assert.AreEqual(_machine.Display.ToBlockText(), picture);
    }

    private static StatusPanel Open()
    {
        I2cConnectionSettings address = new(BoardPins.I2cBus, BoardPins.DisplayAddress, I2cBusSpeed.StandardMode);
        return new StatusPanel(
            new SerialConsole(BoardPins.ConsolePort, BoardPins.ConsoleBaudRate),
            new TextDisplay(I2cDevice.Create(address)),
            new StatusLights(new GpioController()));
    }
}
