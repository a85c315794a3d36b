using System.Device.I2c;
using DevKit.Board.Display;
using DevKit.VirtualParts.Display;
using DevKit.VirtualParts.Faults;
using NanoStandIns;

namespace DevKit.Board.Tests.Display;

[TestClass]
public sealed class TextDisplayTests
{
    private const int InitialiseBytes = 1 + 21;
    private const int TurnOnBytes = 1 + 2;
    private const int LineBytes = 2 * (1 + 7 + 128);

    private static readonly Lazy<ScreenReader> Reader = new(() => new ScreenReader());

    private readonly DisplayBus _bus = new();

    [TestMethod]
    [DataRow("configuration", "IoT DevKit", "id: c89346854138", "Configuration", "")]
    [DataRow("connected", "Connected", "az-c89346854138v1v4v1", "contoso-hub.azure-devices.net", "12 messages")]
    [DataRow("remedy", "No UDS", "Hold A, press reset, then type set_dps_uds", "", "")]
    [DataRow("letters-large-1", " !\"#$%&'()*+,-./", "0123456789:;<=>?", "@ABCDEFGHIJKLMNO", "PQRSTUVWXYZ[\\]^_")]
    [DataRow("letters-large-2", "`abcdefghijklmno", "pqrstuvwxyz{|}~", "Black quartz, my", "judge vows phlox")]
    [DataRow("letters-tall", " !\"#$%&'()*+,-./01234", "56789:;<=>?@ABCDEFGHI", "JKLMNOPQRSTUVWXYZ[\\]^", "_`abcdefghijklmnopqrs")]
    [DataRow(
        "letters-small", "Small", " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHI", "JKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrs",
        "tuvwxyz{|}~ Sphinx of quartz, judge my vow")]
    public void Screen_looks_as_drawn(string name, string title, string line1, string line2, string line3)
    {
        _bus.OpenDisplay().Show(title, line1, line2, line3);

        string expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Display", "Screens", name + ".txt"));
        string actual = _bus.Panel!.ToBlockText();
        Assert.AreEqual(expected, actual, $"\n{actual}");
        Assert.IsEmpty(_bus.Panel.Registers.InvalidCommands);
    }

    [TestMethod]
    public void First_screen_initialises_and_sends_everything()
    {
        TextDisplay display = _bus.OpenDisplay();
        Assert.IsTrue(display.IsPresent);
        Assert.AreEqual(InitialiseBytes, _bus.BytesOnBus);

        display.Show("Title", "one", "two", "three");

        Assert.AreEqual(InitialiseBytes + (4 * LineBytes) + TurnOnBytes, _bus.BytesOnBus);
    }

    [TestMethod]
    public void Panel_stays_dark_until_the_first_screen_is_whole()
    {
        var pictures = new List<PixelImage>();
        _bus.Panel!.Changed += (_, _) => pictures.Add(_bus.Panel.Image);

        _bus.OpenDisplay().Show("Title", "one", "two", "three");

        CollectionAssert.AreEqual(new[] { "large: Title", "large: one", "large: two", "large: three" }, Reader.Value.Read(pictures[^1]));
        Assert.IsTrue(pictures[..^1].TrueForAll(picture => picture.IsDark));
    }

    [TestMethod]
    [DataRow(0, "Title", "one", "two", "three")]
    [DataRow(1, "Title", "one", "TWO", "three")]
    [DataRow(2, "Other", "one", "two", "")]
    [DataRow(3, "Other", "two", "one", "three")]
    [DataRow(4, "Other", "ONE", "TWO", "THREE")]
    [DataRow(1, "Title", "one", "a line that is shown small", "three")]
    [DataRow(2, "Title", "a line that goes on in the next", "", "three")]
    public void Only_changed_lines_are_sent(int changed, string title, string line1, string line2, string line3)
    {
        TextDisplay display = _bus.OpenDisplay();
        display.Show("Title", "one", "two", "three");
        int before = _bus.BytesOnBus;

        display.Show(title, line1, line2, line3);

        Assert.AreEqual(changed * LineBytes, _bus.BytesOnBus - before);
        var fresh = new DisplayBus();
        fresh.OpenDisplay().Show(title, line1, line2, line3);
        Assert.AreEqual(fresh.Panel!.ToBlockText(), _bus.Panel!.ToBlockText());
    }

    [TestMethod]
    public void Whole_screen_takes_98_ms_of_a_100_kHz_bus()
    {
        TextDisplay display = _bus.OpenDisplay();
        display.Show("a", "b", "c", "d");
        int before = _bus.BytesOnBus;

        display.Show("e", "f", "g", "h");

        const double MillisecondsPerByte = 9 / 100.0;
        Assert.AreEqual(97.92, (_bus.BytesOnBus - before) * MillisecondsPerByte, 0.001);
    }

    [TestMethod]
    public void No_transfer_is_longer_than_the_driver_of_nanoFramework_carries()
    {
        TextDisplay display = _bus.OpenDisplay();
        display.Show("Title", new string('x', 400), "two", "three");
        display.Show("", "", "", "");

        Assert.IsTrue(_bus.Transfers.TrueForAll(length => length <= 200));
    }

    [TestMethod]
    [DataRow("16 fit in large.", "two", "three", "large: 16 fit in large.", "large: two", "large: three")]
    [DataRow("21 characters are ok.", "two", "three", "tall: 21 characters are ok.", "large: two", "large: three")]
    [DataRow("22 and more go in two rows", "two", "three", "small: 22 and more go in two\nrows", "large: two", "large: three")]
    [DataRow("contoso-hub-eastus.azure-devices.net", "2", "3", "small: contoso-hub-eastus.\nazure-devices.net", "large: 2", "large: 3")]
    [DataRow("my-device-0123456789abc", "two", "three", "small: my-device-\n0123456789abc", "large: two", "large: three")]
    [DataRow(
        "abcdefghijklmnopqrstuvwxyz0123456789ABCDEF", "2", "3", "small: abcdefghijklmnopqrstu\nvwxyz0123456789ABCDEF", "large: 2",
        "large: 3")]
    [DataRow(
        "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "2", "3", "small: abcdefghijklmnopqrstu\nvwxyz0123456789ABC...", "large: 2",
        "large: 3")]
    [DataRow("Hold A and reset", "", "", "large: Hold A and reset", "", "")]
    [DataRow("Press A while it starts.", "", "three", "large: Press A while it", "large: starts.", "large: three")]
    [DataRow("Press A while it starts, then set_dps_uds", "", "", "large: Press A while it", "large: starts, then", "large: set_dps_uds")]
    [DataRow(
        "The registration az-c89346854138v1v4v1 is unknown.", "", "", "tall: The registration az-", "tall: c89346854138v1v4v1 is",
        "tall: unknown.")]
    [DataRow("one", "Press A while it starts.", "", "large: one", "large: Press A while it", "large: starts.")]
    [DataRow("", "two", "three", "", "large: two", "large: three")]
    public void Text_is_as_large_as_it_fits(string line1, string line2, string line3, string shown1, string shown2, string shown3)
    {
        _bus.OpenDisplay().Show("Title", line1, line2, line3);

        CollectionAssert.AreEqual(new[] { "large: Title", shown1, shown2, shown3 }, Reader.Value.Read(_bus.Panel!.Image));
    }

    [TestMethod]
    public void Long_text_over_all_lines_is_cut_with_three_dots()
    {
        string text = string.Join(' ', Enumerable.Range(1000, 40));

        _bus.OpenDisplay().Show("Title", text, null, null);

        string shown = string.Concat(Reader.Value.Read(_bus.Panel!.Image)[1..]);
        StringAssert.StartsWith(shown, "small: 1000 1001 1002 1003 1\n");
        StringAssert.EndsWith(shown, "...");
    }

    [TestMethod]
    [DataRow("\u00E9")]
    [DataRow("\u007F")]
    [DataRow("\u001F")]
    [DataRow("\u20AC")]
    public void Character_without_a_drawing_is_a_box(string character)
    {
        _bus.OpenDisplay().Show("", character, "", "");

        PixelImage image = _bus.Panel!.Image;
        Assert.IsTrue(image[0, 16] && image[5, 16] && image[0, 29] && image[5, 29] && image[1, 20] && image[4, 20]);
        Assert.IsFalse(image[2, 20] || image[6, 16] || image[0, 30]);
    }

    [TestMethod]
    public void Rule_stands_under_a_title_and_only_there()
    {
        TextDisplay display = _bus.OpenDisplay();
        display.Show("Title", "", "", "");
        Assert.IsTrue(Enumerable.Range(0, PanelSize.Width).All(x => _bus.Panel!.Image[x, 15]));

        display.Show("", "one", "", "");
        Assert.IsFalse(Enumerable.Range(0, PanelSize.Width).Any(x => _bus.Panel!.Image[x, 15]));
    }

    [TestMethod]
    public void Empty_screen_is_dark()
    {
        TextDisplay display = _bus.OpenDisplay();
        display.Show("Title", "one", "two", "three");
        display.Show("", null, "", null);
        Assert.IsTrue(_bus.Panel!.Image.IsDark);
    }

    [TestMethod]
    public void Missing_panel_is_remembered_and_costs_one_address_a_screen()
    {
        _bus.Panel = null;
        TextDisplay display = _bus.OpenDisplay();
        display.Show("Title", "one", "two", "three");
        display.Show("", "", "", "");

        Assert.IsFalse(display.IsPresent);
        Assert.AreEqual(3, _bus.BytesOnBus);

        _bus.Panel = new Ssd1306();
        display.Show("Title", "one", "two", "three");
        Assert.IsTrue(display.IsPresent);
        CollectionAssert.AreEqual(
            new[] { "large: Title", "large: one", "large: two", "large: three" }, Reader.Value.Read(_bus.Panel.Image));
    }

    [TestMethod]
    [DataRow(I2cOutcome.NotAcknowledged)]
    [DataRow(I2cOutcome.TimedOut)]
    public void Panel_that_fails_at_any_transfer_shows_the_next_screen_whole(I2cOutcome outcome)
    {
        const int Transfers = 1 + 8 + 1 + 2;
        for (int failing = 1; failing <= Transfers; failing++)
        {
            var bus = new DisplayBus { Fault = count => count == failing ? outcome : I2cOutcome.Complete };
            TextDisplay display = bus.OpenDisplay();
            display.Show("Title", "one", "two", "three");
            display.Show("Title", "ONE", "two", "three");
            display.Show("Title", "ONE", "two", "3");

            Assert.IsTrue(display.IsPresent, $"transfer {failing}");
            CollectionAssert.AreEqual(
                new[] { "large: Title", "large: ONE", "large: two", "large: 3" }, Reader.Value.Read(bus.Panel!.Image),
                $"transfer {failing}");
        }
    }

    [TestMethod]
    public void Bus_that_throws_does_not_stop_the_caller()
    {
        I2cDevice device = _bus.OpenDevice();
        device.Dispose();

        var display = new TextDisplay(device);
        display.Show("Title", "one", "two", "three");

        Assert.IsFalse(display.IsPresent);
    }

    [TestMethod]
    public void Device_is_required()
    {
        Assert.AreEqual("device", Assert.ThrowsExactly<ArgumentNullException>(() => new TextDisplay(null)).ParamName);
    }
}
