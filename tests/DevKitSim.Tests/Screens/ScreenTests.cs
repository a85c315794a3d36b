using DevKit.Board;
using DevKit.Boot;
using DevKit.Boot.Settings;
using DevKit.Support;
using DevKit.Support.Screens;
using DevKit.VirtualParts.Faults;
using DevKit.VirtualParts.StSafe;

namespace DevKit.Sim.Tests.Screens;

/// <summary>
/// The pictures of docs/screens: that they are what the driver draws, and what the firmware shows when it is in that state.
/// Set UPDATE_SCREENS=1 to write them anew.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class ScreenTests
{
    private const int LongestTitle = 16;
    private const byte UdsZone = 6;

    public TestContext TestContext { get; set; } = null!;

    private static IEnumerable<Screen> All => Screen.Reached.Concat(Screen.Rare);

    [ClassInitialize]
    public static void UpdateWhenAsked(TestContext context)
    {
        if (ScreenPictures.IsUpdate)
        {
            All.ToList().ForEach(ScreenPictures.Write);
            context.WriteLine($"{ScreenPictures.Folder}: written anew.");
        }
    }

    [TestMethod]
    public void Pictures_of_the_docs_are_what_the_driver_draws()
    {
        foreach (Screen screen in All)
        {
            string file = ScreenPictures.FileOf(screen);
            string remedy = $"run the tests with {ScreenPictures.UpdateVariable}=1.";
            Assert.IsTrue(File.Exists(file), $"{file} is missing: {remedy}");
            string drawn = ScreenPictures.Draw(screen).ToBlockText();
            Assert.AreEqual(drawn, ScreenPictures.ReadBlockText(file), $"{file} differs; if it is meant to, {remedy}\n{drawn}");
        }
    }

    [TestMethod]
    public void Page_of_the_docs_shows_every_picture()
    {
        string page = File.ReadAllText(Path.Combine(ScreenPictures.Folder, "..", "screens.md"));
        foreach (Screen screen in All)
        {
            Assert.Contains($"\"screens/{screen.Name}.png\"", page);
        }

        string?[] files = [.. Directory.GetFiles(ScreenPictures.Folder).Select(Path.GetFileName)];
        CollectionAssert.AreEquivalent(All.Select(screen => screen.Name + ".png").ToArray(), files);
    }

    [TestMethod]
    public void Titles_and_remedies_are_shown_in_large_letters()
    {
        foreach (Screen screen in All)
        {
            Assert.IsLessThanOrEqualTo(LongestTitle, screen.Title.Length, screen.Name);
        }
    }

    [TestMethod]
    public void Screens_that_no_run_reaches_stand_in_the_firmware()
    {
        string folder = Path.Combine(ScreenPictures.RepositoryFolder(), "firmware");
        string sources = string.Concat(Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        foreach (Screen screen in Screen.Rare)
        {
            // Where the first line is a value of the failure, the title stands alone.
            Assert.IsTrue(
                sources.Contains($"\"{screen.Title}\", \"{screen.Line1}\"", StringComparison.Ordinal)
                    || sources.Contains($"\"{screen.Title}\", e.", StringComparison.Ordinal),
                screen.Name);
        }
    }

    [TestMethod]
    [DataRow("start,measuring,no-uds", "")]
    [DataRow("configuration", "A")]
    [DataRow("configuration-no-serial", "A,no serial")]
    [DataRow("identity", "uds,no application")]
    [DataRow("bad-uds", "zero uds")]
    [DataRow("no-chip", "no chip")]
    [DataRow("chip-unreadable", "refusing chip")]
    [DataRow("bad-image", "uds,junk")]
    [DataRow("crashed", "uds,crashing")]
    [DataRow("no-wifi-name", "uds")]
    [DataRow("wifi-joining,wifi-password", "uds,ssid")]
    [DataRow("wifi-not-found", "uds,other ssid")]
    [DataRow("no-id-scope", "uds,ssid,password")]
    [DataRow("host-not-found", "uds,ssid,password,scope,no DNS")]
    public void Board_without_a_cloud_shows(string screens, string situation)
    {
        string[] parts = situation.Split(',');
        using ScreenBoard board = new();
        VirtualStSafe chip = new(new MemoryChipStore());
        if (!parts.Contains("no chip"))
        {
            board.Machine.Bus.Attach(VirtualStSafe.Address, chip);
        }

        board.Machine.SerialPorts = parts.Contains("no serial") ? [] : board.Machine.SerialPorts;
        board.Machine.SetPin(BoardPins.ButtonA, !parts.Contains("A"));
        board.Open();
        foreach (string part in parts)
        {
            Prepare(board, part);
        }

        chip.Faults = parts.Contains("refusing chip") ? Refusal : chip.Faults;
        board.Run(FindImage(parts));
        board.WaitFor(screens);
    }

    private static FaultPlan Refusal => new(new Fault(FaultKind.StatusReturned, Fault.AnyCommand, 2, Fault.ForEver));

    private static void Prepare(ScreenBoard board, string part)
    {
        switch (part)
        {
            case "uds":
                board.Set(Setting.Uds, Sample.Uds);
                break;
            case "zero uds":
                board.WriteZone(UdsZone, new string('0', Sample.Uds.Length));
                break;
            case "ssid":
                board.Set(Setting.WifiSsid, "home");
                break;
            case "other ssid":
                board.Set(Setting.WifiSsid, "elsewhere");
                break;
            case "password":
                board.Set(Setting.WifiPassword, "password");
                break;
            case "scope":
                board.Set(Setting.Cloud, "IdScope=0ne00000001");
                break;
        }
    }

    private static byte[]? FindImage(string[] parts) =>
        parts.Contains("junk") ? [.. Enumerable.Repeat((byte)0x55, 4096)]
        : parts.Contains("crashing") ? File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Support.CrashingApplication.dll"))
        : parts.Contains("no application") ? null
        : MeasuredImage.Read();
}
