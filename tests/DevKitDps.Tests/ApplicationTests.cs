using System.Device.Gpio;
using System.Device.I2c;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DevKit.Board;
using DevKit.Dice;
using DevKit.DpsEmulator;
using DevKit.Dps;
using DevKit.StSafe;
using DevKit.VirtualParts;

namespace DevKit.Tests;

/// <summary>The application against the local cloud: real TLS and MQTT, everything else of the board in this process.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ApplicationTests : IDisposable
{
    private const string Id = "my-devkit";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("devkit-app-");

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task An_enrolled_device_is_assigned_and_sends_telemetry()
    {
        await using EmulatorHost cloud = await StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        DiceCredential identity = MakeIdentity("image");
        await EnrollAsync(cloud, identity);
        RunApplication(machine, identity, Settings("IdScope=" + cloud.IdScope));
        machine.WaitForSent($"DPS: assigned to {cloud.HubName} as {Id}");
        machine.WaitForSent($"Hub: connected to {cloud.HubName} as {Id}");
        machine.WaitForSent("Hub: sent {\"message\":1,");
        Assert.IsTrue(machine.ReadPin(BoardPins.WifiLed));
        Assert.IsTrue(machine.ReadPin(BoardPins.AzureLed));
        Assert.IsTrue(machine.ReadPin(BoardPins.RgbGreen));
        Assert.IsFalse(machine.ReadPin(BoardPins.RgbRed));
    }

    [TestMethod]
    public async Task Another_image_is_refused_with_401()
    {
        await using EmulatorHost cloud = await StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        await EnrollAsync(cloud, MakeIdentity("image"));
        RunApplication(machine, MakeIdentity("another image"), Settings("IdScope=" + cloud.IdScope));
        machine.WaitForSent("ERROR: DPS answers 401002 to my-devkit.");
        machine.WaitForSent("show_identity");
    }

    [TestMethod]
    public async Task A_wrong_ID_scope_is_told()
    {
        await using EmulatorHost cloud = await StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        RunApplication(machine, MakeIdentity("image"), Settings("IdScope=0neFFFFFFFF"));
        machine.WaitForSent("ERROR: ");
        machine.WaitForSent("ID scope");
    }

    [TestMethod]
    public async Task A_server_of_a_CA_that_is_not_stored_is_not_talked_to()
    {
        await using EmulatorHost cloud = await StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        machine.CaStore = null;
        RunApplication(machine, MakeIdentity("image"), Settings("IdScope=" + cloud.IdScope));
        machine.WaitForSent("ERROR: No connection to global.azure-devices-provisioning.net");
        machine.WaitForSent("the server's CA is one of Azure's or stored in the device");
    }

    [TestMethod]
    public void A_name_that_does_not_resolve_is_told()
    {
        using TestMachine machine = new();
        RunApplication(machine, MakeIdentity("image"), Settings("DPSEndpoint=no.such.host;IdScope=0ne00000001"));
        machine.WaitForSent("ERROR: The name no.such.host can't be resolved");
        machine.WaitForSent("set_dps_endpoint");
    }

    [TestMethod]
    public void A_missing_ID_scope_is_told()
    {
        using TestMachine machine = new();
        RunApplication(machine, MakeIdentity("image"), Settings("RegistrationId=my-devkit"));
        machine.WaitForSent("ERROR: No ID scope of a provisioning service is set.");
    }

    [TestMethod]
    [DataRow("elsewhere", "password", "is not in reach", "type: scan")]
    [DataRow("home", "wrong", "refuses the password", "type: set_wifipwd")]
    public void Wifi_that_cannot_be_joined_is_told(string ssid, string password, string message, string remedy)
    {
        using TestMachine machine = new();
        RunApplication(machine, MakeIdentity("image"), new DeviceSettings(ssid, Encoding.UTF8.GetBytes(password), new CloudSettings()));
        machine.WaitForSent(message);
        machine.WaitForSent(remedy);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static DiceCredential MakeIdentity(string image) =>
        DiceEngine.Derive([.. Enumerable.Range(1, 32).Select(i => (byte)i)], Encoding.UTF8.GetBytes(image), Id);

    private static DeviceSettings Settings(string cloud) =>
        new("home", "password"u8.ToArray(), CloudSettings.Parse(Encoding.UTF8.GetBytes(cloud), out _));

    private static TestMachine MakeMachine(EmulatorHost cloud) => new()
    {
        CaStore = cloud.CaCertificatePem,
        OpenConnection = (_, _) =>
        {
            TcpClient client = new();
            client.Connect(cloud.MqttEndPoint);
            return client.GetStream();
        },
    };

    private static void RunApplication(TestMachine machine, DiceCredential identity, DeviceSettings settings)
    {
        machine.Install();
        SerialConsole serial = new(BoardPins.ConsolePort, BoardPins.ConsoleBaudRate);
        TextDisplay display = new(I2cDevice.Create(new I2cConnectionSettings(BoardPins.I2cBus, BoardPins.DisplayAddress, I2cBusSpeed.StandardMode)));
        StatusPanel panel = new(serial, display, new StatusLights(new GpioController()));
        TestMachine.Start(() => new Application().Run(new Handover(identity, settings, panel, null)));
    }

    private async Task<EmulatorHost> StartCloudAsync() => await EmulatorHost.StartAsync(
        new EmulatorOptions
        {
            DataFolder = _folder.FullName,
            Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
            Http = new IPEndPoint(IPAddress.Loopback, 0),
        },
        TestContext.CancellationToken);

    private async Task EnrollAsync(EmulatorHost cloud, DiceCredential identity)
    {
        using HttpClient http = new() { BaseAddress = cloud.HttpAddress };
        using StringContent body = new(Pem.Encode("CERTIFICATE", identity.AliasCertificate), Encoding.UTF8, "application/x-pem-file");
        using HttpResponseMessage answer = await http.PostAsync(new Uri("api/enrollments", UriKind.Relative), body, TestContext.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
