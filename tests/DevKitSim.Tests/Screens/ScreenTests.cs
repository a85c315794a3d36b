using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using DevKit.Board;
using DevKit.Boot;
using DevKit.Boot.Settings;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.DpsEmulator.Host;
using DevKit.Support.Machines;
using DevKit.VirtualParts;

namespace DevKit.Tests;

/// <summary>
/// The pictures of docs/screens: that they are what the driver draws, and what the firmware shows when it is in that state.
/// Set UPDATE_SCREENS=1 to write them anew.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class ScreenTests
{
    private const string Id = "az-c89346854138v1v0v0";
    private const string SomeUds = "19e25a259d0c2be03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eae";
    private const int LongestTitle = 16;

    private static readonly byte[] Image = MeasuredImage.Read()!;

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
            Assert.IsTrue(File.Exists(file), $"{file} is missing: run the tests with {ScreenPictures.UpdateVariable}=1.");
            string drawn = ScreenPictures.Draw(screen).ToBlockText();
            Assert.AreEqual(drawn, ScreenPictures.ReadBlockText(file), $"{file} differs; if it is meant to, run the tests with {ScreenPictures.UpdateVariable}=1.\n{drawn}");
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

        CollectionAssert.AreEquivalent(All.Select(screen => screen.Name + ".png").ToArray(), Directory.GetFiles(ScreenPictures.Folder).Select(Path.GetFileName).ToArray());
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
        string sources = string.Concat(Directory.GetFiles(Path.Combine(ScreenPictures.RepositoryFolder(), "firmware"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        foreach (Screen screen in Screen.Rare)
        {
            Assert.Contains($"\"{screen.Title}\", \"{screen.Line1}\"", sources);
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
        using TestMachine machine = new();
        VirtualStSafe chip = new(new MemoryChipStore());
        if (!parts.Contains("no chip"))
        {
            machine.Bus.Attach(VirtualStSafe.Address, chip);
        }

        machine.SerialPorts = parts.Contains("no serial") ? [] : machine.SerialPorts;
        machine.SetPin(BoardPins.ButtonA, !parts.Contains("A"));
        ScreenWatcher watcher = new(machine);
        BoardParts board = OpenBoard(machine);
        foreach (string part in parts)
        {
            Prepare(board, part);
        }

        chip.Faults = parts.Contains("refusing chip") ? new FaultPlan(new Fault(FaultKind.StatusReturned, Fault.AnyCommand, 2, Fault.ForEver)) : chip.Faults;
        Run(board, parts.Contains("junk") ? [.. Enumerable.Repeat((byte)0x55, 4096)] : parts.Contains("crashing") ? CrashingImage() : parts.Contains("no application") ? null : Image);
        WaitForAll(watcher, screens);
    }

    [TestMethod]
    public async Task Board_that_is_enrolled_shows_its_way_to_the_hub_and_the_loss_of_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("devkit-screens-");
        using TestMachine machine = new();
        ScreenWatcher watcher = new(machine);
        await using (EmulatorHost cloud = await StartCloudAsync(folder))
        {
            using HttpClient http = new() { BaseAddress = cloud.HttpAddress };
            await EnrollAsync(http, Image, enabled: true);
            Run(OpenBoard(machine, cloud, cloud.IdScope), Image);
            WaitForAll(watcher, "registering,assigned,connecting,connected");
            using HttpResponseMessage sent = await http.PostAsJsonAsync(
                new Uri($"api/devices/{Id}/messages", UriKind.Relative), new { text = "Hello, DevKit!" }, TestContext.CancellationToken);
            sent.EnsureSuccessStatusCode();
            WaitForAll(watcher, "message");
        }

        WaitForAll(watcher, "hub-lost");
        folder.Delete(recursive: true);
    }

    [TestMethod]
    [DataRow("dps-not-found", "")]
    [DataRow("dps-401", "another image")]
    [DataRow("dps-disabled", "disabled")]
    [DataRow("no-connection", "no CA")]
    public async Task Board_that_the_cloud_will_not_have_shows(string screen, string situation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("devkit-screens-");
        using TestMachine machine = new();
        ScreenWatcher watcher = new(machine);
        await using (EmulatorHost cloud = await StartCloudAsync(folder))
        {
            using HttpClient http = new() { BaseAddress = cloud.HttpAddress };
            if (situation is "another image" or "disabled")
            {
                await EnrollAsync(http, situation == "disabled" ? Image : [.. Image, 0], enabled: situation != "disabled");
            }

            BoardParts board = OpenBoard(machine, cloud, cloud.IdScope);
            machine.CaStore = situation == "no CA" ? null : machine.CaStore;
            Run(board, Image);
            WaitForAll(watcher, screen);
        }

        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task Device_that_the_hub_refuses_shows_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("devkit-screens-");
        using TestMachine machine = new();
        ScreenWatcher watcher = new(machine);
        await using (EmulatorHost cloud = await StartCloudAsync(folder))
        {
            BoardParts board = OpenBoard(machine, cloud, null);
            Write(board, Setting.Cloud, $"HostName={cloud.HubName};DeviceId=stranger;SharedAccessKey=AAAA");
            Run(board, Image);
            WaitForAll(watcher, "refused");
        }

        folder.Delete(recursive: true);
    }

    private static BoardParts OpenBoard(TestMachine machine)
    {
        machine.Install();
        return BoardParts.Open();
    }

    private static BoardParts OpenBoard(TestMachine machine, EmulatorHost cloud, string? idScope)
    {
        machine.Bus.Attach(VirtualStSafe.Address, new VirtualStSafe(new MemoryChipStore()));
        machine.CaStore = cloud.CaCertificatePem;
        machine.OpenConnection = (_, _) =>
        {
            TcpClient client = new();
            client.Connect(cloud.MqttEndPoint);
            return client.GetStream();
        };
        BoardParts board = OpenBoard(machine);
        Prepare(board, "uds");
        Prepare(board, "ssid");
        Prepare(board, "password");
        if (idScope != null)
        {
            Write(board, Setting.Cloud, "IdScope=" + idScope);
        }

        return board;
    }

    private static void Prepare(BoardParts board, string part)
    {
        switch (part)
        {
            case "uds":
                Write(board, Setting.Uds, SomeUds);
                break;
            case "zero uds":
                Write(board, Setting.Uds, new string('0', SomeUds.Length));
                break;
            case "ssid":
                Write(board, Setting.WifiSsid, "home");
                break;
            case "other ssid":
                Write(board, Setting.WifiSsid, "elsewhere");
                break;
            case "password":
                Write(board, Setting.WifiPassword, "password");
                break;
            case "scope":
                Write(board, Setting.Cloud, "IdScope=0ne00000001");
                break;
        }
    }

    private static void Write(BoardParts board, Setting setting, string text) => board.Store.Write(setting, Encoding.UTF8.GetBytes(text));

    private static void Run(BoardParts board, byte[]? image)
    {
        FirmwareImage measured = image == null ? FirmwareImage.WithoutApplication(BootVersion.Text) : FirmwareImage.Read(image);
        TestMachine.Start(new FirstStage(board, measured, buttonWindow: 0).Run);
    }

    private static byte[] CrashingImage() => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Support.CrashingApplication.dll"));

    private static void WaitForAll(ScreenWatcher watcher, string screens)
    {
        foreach (string name in screens.Split(','))
        {
            watcher.WaitFor(Screen.Find(name));
        }
    }

    private async Task<EmulatorHost> StartCloudAsync(DirectoryInfo folder) => await EmulatorHost.StartAsync(
        new EmulatorOptions
        {
            DataFolder = folder.FullName,
            Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
            Http = new IPEndPoint(IPAddress.Loopback, 0),
        },
        TestContext.CancellationToken);

    private async Task EnrollAsync(HttpClient http, byte[] image, bool enabled)
    {
        DiceCredential identity = DiceEngine.Derive(Convert.FromHexString(SomeUds), image, Id);
        string certificate = Pem.Encode("CERTIFICATE", identity.AliasCertificate);
        using HttpResponseMessage answer = await http.PostAsJsonAsync(new Uri("api/enrollments", UriKind.Relative), new { certificate, enabled }, TestContext.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
