using DevKit.VirtualParts.Display;
using NanoStandIns;

namespace DevKit.Board.Tests.Display;

[TestClass]
public sealed class Ssd1306Tests
{
    private const byte Command = 0x00;
    private const byte Data = 0x40;

    private readonly Ssd1306 _panel = new();

    private Ssd1306Registers Registers => _panel.Registers;

    [TestMethod]
    public void Nothing_is_lit_before_display_and_charge_pump_are_on()
    {
        Assert.IsTrue(_panel.Image.IsDark);
        Send(Command, 0xAF);
        Assert.IsTrue(_panel.Image.IsDark);
        Send(Command, 0xAE, 0x8D, 0x14);
        Assert.IsTrue(_panel.Image.IsDark);
        Send(Command, 0xAF);
        Assert.IsFalse(_panel.Image.IsDark, "The memory holds noise after power-on.");
        Send(Command, 0x8D, 0x10);
        Assert.IsTrue(_panel.Image.IsDark);
    }

    [TestMethod]
    public void Status_tells_whether_the_display_is_on()
    {
        byte[] status = [0xFF];
        Assert.AreEqual(I2cOutcome.Complete, _panel.Read(status));
        Assert.AreEqual(0x40, status[0]);
        Send(Command, 0xAF);
        _panel.Read(status);
        Assert.AreEqual(0x00, status[0]);
    }

    [TestMethod]
    public void Page_addressing_stays_in_its_page()
    {
        TurnOnCleared();
        Send(Command, 0x20, 0x02, 0xB3, 0x0E, 0x17);

        Send(Data, 0x01, 0x02, 0x04);

        AssertLit((126, 24), (127, 25), (0, 26));
        Assert.AreEqual((1, 3), (Registers.Column, Registers.Page));
    }

    [TestMethod]
    public void Horizontal_addressing_fills_a_window_row_by_row()
    {
        TurnOnCleared();
        Send(Command, 0x20, 0x00, 0x21, 10, 11, 0x22, 1, 2);

        Send(Data, 0x01, 0x02, 0x04, 0x08, 0x80);

        AssertLit((10, 15), (11, 9), (10, 18), (11, 19));
        Assert.AreEqual((11, 1), (Registers.Column, Registers.Page));
        Assert.AreEqual((10, 11, 1, 2), (Registers.FirstColumn, Registers.LastColumn, Registers.FirstPage, Registers.LastPage));
    }

    [TestMethod]
    public void Vertical_addressing_fills_a_window_column_by_column()
    {
        TurnOnCleared();
        Send(Command, 0x20, 0x01, 0x21, 10, 11, 0x22, 1, 2);

        Send(Data, 0x01, 0x02, 0x04, 0x08, 0x80);

        AssertLit((10, 15), (10, 17), (11, 10), (11, 19));
        Assert.AreEqual((10, 2), (Registers.Column, Registers.Page));
    }

    [TestMethod]
    [DataRow(0xA1, 0xC8, 3, 17)]
    [DataRow(0xA0, 0xC8, 124, 17)]
    [DataRow(0xA1, 0xC0, 3, 46)]
    [DataRow(0xA0, 0xC0, 124, 46)]
    public void Mirroring_turns_the_picture(int remap, int scan, int x, int y)
    {
        TurnOnCleared();
        Send(Command, (byte)remap, (byte)scan, 0xB2, 0x03, 0x10);
        Send(Data, 0x02);
        AssertLit((x, y));
    }

    [TestMethod]
    public void Segment_remap_leaves_what_is_stored_and_scan_direction_turns_it()
    {
        TurnOnCleared();
        Send(Command, 0xB2, 0x03, 0x10);
        Send(Data, 0x02);

        Send(Command, 0xA0);
        AssertLit((3, 17));
        Send(Command, 0xC0);
        AssertLit((3, 46));
        Assert.IsTrue(Registers.IsSegmentRemapped == false && Registers.IsScanReversed == false);
    }

    [TestMethod]
    public void Start_line_and_offset_shift_the_picture()
    {
        TurnOnCleared();
        Send(Command, 0xB0, 0x00, 0x10);
        Send(Data, 0x01);

        Send(Command, 0x40 | 60);
        AssertLit((0, 4));
        Send(Command, 0x40, 0xD3, 8);
        AssertLit((0, 56));
        Send(Command, 0xC0);
        AssertLit((0, 7));
        Assert.AreEqual((0, 8), (Registers.StartLine, Registers.Offset));
    }

    [TestMethod]
    public void Rows_beyond_the_multiplex_ratio_are_dark()
    {
        TurnOnCleared();
        Send(Command, 0xA8, 0x1F, 0xA5);

        PixelImage image = _panel.Image;
        Assert.IsTrue(Enumerable.Range(0, 64).All(y => image[5, y] == y >= 32));
        Assert.AreEqual(32, Registers.MultiplexRatio);
    }

    [TestMethod]
    public void Inverse_and_entire_display_act_on_the_glass_alone()
    {
        TurnOnCleared();
        Send(Command, 0xB0, 0x00, 0x10);
        Send(Data, 0x01);

        Send(Command, 0xA7);
        Assert.AreEqual((false, true), (_panel.Image[0, 0], _panel.Image[1, 0]));
        Send(Command, 0xA5);
        Assert.AreEqual((true, true), (_panel.Image[0, 0], _panel.Image[1, 0]));
        Send(Command, 0xA4, 0xA6);
        AssertLit((0, 0));
    }

    [TestMethod]
    public void Settings_without_effect_on_the_picture_are_kept()
    {
        Send(Command, 0x81, 0xCF, 0xD5, 0xF0, 0xD9, 0xF1, 0xDA, 0x02, 0xDB, 0x30, 0xE3);

        Assert.AreEqual(
            (0xCF, 0xF0, 0xF1, 0x02, 0x30),
            (Registers.Contrast, Registers.Clock, Registers.Precharge, Registers.ComPins, Registers.DeselectLevel));
        Assert.IsEmpty(Registers.InvalidCommands);
    }

    [TestMethod]
    public void Scrolling_is_set_up_and_turned_on_and_off()
    {
        Send(Command, 0x26, 0x00, 0x01, 0x07, 0x03, 0x00, 0xFF);
        CollectionAssert.AreEqual(new byte[] { 0x26, 0x00, 0x01, 0x07, 0x03, 0x00, 0xFF }, Registers.ScrollSetup.ToArray());
        Send(Command, 0x2A, 0x00, 0x02, 0x04, 0x05, 0x01);
        CollectionAssert.AreEqual(new byte[] { 0x2A, 0x00, 0x02, 0x04, 0x05, 0x01 }, Registers.ScrollSetup.ToArray());
        Send(Command, 0xA3, 0x08, 0x30, 0x2F);
        Assert.AreEqual((8, 48), Registers.ScrollArea);
        Assert.IsTrue(Registers.IsScrolling);
        Send(Command, 0x2E);
        Assert.IsFalse(Registers.IsScrolling);
        Assert.IsEmpty(Registers.InvalidCommands);
    }

    [TestMethod]
    public void Commands_may_be_spread_over_transfers_and_mixed_with_data()
    {
        TurnOnCleared();
        Send(Command, 0x20);
        Send(Command, 0x00);
        Send(0x80, 0x21, 0x80, 20, 0x80, 127, 0xC0, 0x01, 0x80, 0xE3, 0x40, 0x02, 0x04);

        AssertLit((20, 0), (21, 1), (22, 2));
        Assert.AreEqual(Ssd1306Addressing.Horizontal, Registers.Addressing);
        Assert.AreEqual(I2cOutcome.Complete, _panel.Write([]));
        Assert.AreEqual(I2cOutcome.Complete, _panel.Write([0x80]));
    }

    [TestMethod]
    [DataRow("E5", "E5")]
    [DataRow("18", "18")]
    [DataRow("2003", "2003")]
    [DataRow("21647F21140A", "21140A")]
    [DataRow("210080", "210080")]
    [DataRow("220008", "220008")]
    [DataRow("8D15", "8D15")]
    [DataRow("A80E", "A80E")]
    [DataRow("A840", "A840")]
    [DataRow("D340", "D340")]
    [DataRow("D901", "D901")]
    [DataRow("DA13", "DA13")]
    [DataRow("DB40", "DB40")]
    [DataRow("26000700050000FF", "26000700050000,FF")]
    [DataRow("A32030", "A32030")]
    public void What_the_chip_does_not_know_is_recorded_and_ignored(string sent, string complaints)
    {
        Send([Command, .. Convert.FromHexString(sent), 0x81, 0x42]);

        CollectionAssert.AreEqual(
            complaints.Split(',').Select(bytes => bytes + " is no command of the SSD1306").ToArray(), Registers.InvalidCommands.ToArray());
        Assert.AreEqual(0x42, Registers.Contrast);
    }

    [TestMethod]
    public void Every_command_byte_of_the_datasheet_is_known_and_no_other()
    {
        var known = new HashSet<int>(
            [0x20, 0x21, 0x22, 0x26, 0x27, 0x29, 0x2A, 0x2E, 0x2F, 0x81, 0x8D, 0xA0, 0xA1, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7,
            0xA8, 0xAE, 0xAF, 0xC0, 0xC8, 0xD3, 0xD5, 0xD9, 0xDA, 0xDB, 0xE3]);
        known.UnionWith(Enumerable.Range(0x00, 0x18).Concat(Enumerable.Range(0x40, 0x40)).Concat(Enumerable.Range(0xB0, 8)));
        for (int command = 0; command <= 0xFF; command++)
        {
            var panel = new Ssd1306();
            byte parameter = command switch { 0x8D => 0x14, 0xA8 => 0x3F, 0xDA => 0x12, 0xDB => 0x20, 0xD9 => 0x22, _ => 0x00 };
            panel.Write([Command, (byte)command, parameter, 0, 0, 0, 0, 0]);
            Assert.AreEqual(known.Contains(command), panel.Registers.InvalidCommands.Count == 0, $"{command:X2}");
        }
    }

    [TestMethod]
    public void Changes_of_the_picture_are_told_and_nothing_else()
    {
        int changes = 0;
        _panel.Changed += (_, _) => changes++;
        Send(Data, 0x55);
        Send(Command, 0x8D, 0x14, 0x81, 0x10);
        Assert.AreEqual(0, changes);
        Send(Command, 0xAF);
        Assert.AreEqual(1, changes);
        Send(Command, 0xB0, 0x00, 0x10);
        Send(Data, 0x55);
        Assert.AreEqual(1, changes, "The memory held 55 there already.");
        Send(Data, 0x12, 0x34);
        Assert.AreEqual(2, changes);
        Send(Command, 0xA7);
        Assert.AreEqual(3, changes);
    }

    private void Send(params byte[] bytes) => Assert.AreEqual(I2cOutcome.Complete, _panel.Write(bytes));

    private void TurnOnCleared()
    {
        Send(Command, 0x8D, 0x14, 0xAF, 0xA1, 0xC8, 0x20, 0x00);
        Send([Data, .. new byte[1024]]);
        Assert.IsTrue(_panel.Image.IsDark);
    }

    private void AssertLit(params (int X, int Y)[] expected)
    {
        PixelImage image = _panel.Image;
        var lit = from x in Enumerable.Range(0, PanelSize.Width)
                  from y in Enumerable.Range(0, PanelSize.Height)
                  where image[x, y]
                  select (x, y);
        CollectionAssert.AreEquivalent(expected, lit.ToArray());
    }
}
