using System.Device.Gpio;
using System.Device.I2c;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using DevKit.Board;
using DevKit.Board.Display;
using DevKit.Board.Handover;
using DevKit.Dice;
using DevKit.Dps.Tests.Support;
using DevKit.Support.Machines;

namespace DevKit.Dps.Tests.Services;

/// <summary>
/// The application on a board in this process, with a clock that the test moves, in a network of scripted services: a provisioning
/// service and two hubs.
/// </summary>
internal sealed class FaultRig : IDisposable
{
    internal const string Scope = "0ne00000001";
    internal const string Id = "my-devkit";

    /// <summary>A key of a device.</summary>
    internal static readonly string Key = Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private readonly Dictionary<string, ScriptedService> _services = [];
    private Task _running = Task.CompletedTask;
    private int _mark;

    internal FaultRig()
    {
        Dps = Add("dps.example");
        Hub = Add("hub.example");
        OtherHub = Add("other-hub.example");
        Machine = new TestMachine
        {
            CaStore = ScriptedService.Authority.ExportCertificatePem(),
            OpenConnection = (host, _) => _services.TryGetValue(host, out ScriptedService? service) && !IsUnreachable(host)
                ? service.Connect()
                : throw new SocketException((int)SocketError.ConnectionRefused),
        };
    }

    internal TestMachine Machine { get; }

    internal ManualClock Clock { get; } = new();

    internal ScriptedService Dps { get; }

    internal ScriptedService Hub { get; }

    internal ScriptedService OtherHub { get; }

    /// <summary>Which hosts refuse TCP.</summary>
    internal Func<string, bool> IsUnreachable { get; set; } = _ => false;

    /// <summary>The device's identity.</summary>
    internal DiceCredential Identity { get; } = ApplicationRig.MakeIdentity("image");

    /// <summary>Ends when the application does.</summary>
    internal Task Ended => _running;

    /// <summary>Starts the application of a device that registers by its certificate, or by what else is typed.</summary>
    internal void Start(string? cloud = null, string ssid = "home", string password = "password")
    {
        CloudSettings settings = CloudSettings.Parse(
            Encoding.UTF8.GetBytes(cloud ?? $"DPSEndpoint={Dps.Host};IdScope={Scope}"), out string? problem);
        Assert.IsNull(problem);
        Machine.Install();
        SerialConsole serial = new(BoardPins.ConsolePort, BoardPins.ConsoleBaudRate);
        TextDisplay display = new(
            I2cDevice.Create(new I2cConnectionSettings(BoardPins.I2cBus, BoardPins.DisplayAddress, I2cBusSpeed.StandardMode)));
        StatusPanel panel = new(serial, display, new StatusLights(new GpioController()));
        Handover handover = new(
            Identity,
            new DeviceSettings(ssid, Encoding.UTF8.GetBytes(password), settings),
            panel,
            new StartReport("power", 2, "1.0.0", "1.4.1"));
        TaskCompletionSource ended = new();
        _running = ended.Task;
        TestMachine.Start(() =>
        {
            new Application(Clock, new Random(1)).Run(handover);
            ended.SetResult();
        });
    }

    /// <summary>Starts the application, and brings it to its hub.</summary>
    internal async Task<ServiceConnection> StartAtHubAsync()
    {
        Start();
        await Dps.AssignAsync(Hub.Host, Id);
        ServiceConnection connection = await Hub.WelcomeAsync();
        await connection.ReceiveTelemetryAsync();
        return connection;
    }

    /// <summary>A device's connection string of a hub.</summary>
    internal string ConnectionString => $"HostName={Hub.Host};DeviceId={Id};SharedAccessKey={Key}";

    /// <summary>The fault is told on serial, red, with when the next try is; the firmware pauses for so long.</summary>
    internal async Task ExpectPauseAsync(string error, int leastSeconds, int mostSeconds)
    {
        await WaitUntilAsync(() => Machine.Sent[_mark..].Contains("ERROR: " + error, StringComparison.Ordinal));
        int first = await Clock.PausingAsync();
        int seconds = ReadNextTry();
        Assert.IsInRange(leastSeconds, mostSeconds, seconds, Machine.Sent);
        Assert.IsLessThanOrEqualTo(seconds * 1000, first);
        Assert.IsTrue(Machine.IsRed);
    }

    /// <summary>Lets the pause pass that the firmware is in, until it says what it does next.</summary>
    internal Task PassPauseAsync()
    {
        _mark = Machine.Sent.Length;
        return WaitUntilAsync(() =>
        {
            if (Machine.Sent.Length > _mark)
            {
                return true;
            }

            Clock.PassPause();
            return false;
        });
    }

    private async Task WaitUntilAsync(Func<bool> holds)
    {
        for (int i = 0; i < 3000 && !holds(); i++)
        {
            await Task.Delay(10);
        }

        Assert.IsTrue(holds(), Machine.Sent);
    }

    private int ReadNextTry()
    {
        string sent = Machine.Sent;
        string told = sent[(sent.LastIndexOf("Next try: ", StringComparison.Ordinal) + 10)..].Split(' ')[0];
        return int.Parse(told, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        Machine.Dispose();
        foreach (ScriptedService service in _services.Values)
        {
            service.Dispose();
        }
    }

    private ScriptedService Add(string host) => _services[host] = new ScriptedService(host);
}
