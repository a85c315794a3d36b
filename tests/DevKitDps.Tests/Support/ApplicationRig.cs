using System.Collections.Concurrent;
using System.Device.Gpio;
using System.Device.I2c;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.Board;
using DevKit.Board.Display;
using DevKit.Board.Handover;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.DpsEmulator.Host;
using DevKit.Support.Machines;

namespace DevKit.Dps.Tests.Support;

/// <summary>
/// What a test of the application needs of the world: a local cloud with a folder, what its owner does there, and a board.
/// </summary>
internal sealed class ApplicationRig : IDisposable
{
    /// <summary>The device's name, at DPS and at the hub.</summary>
    internal const string Id = "my-devkit";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("devkit-app-");

    /// <summary>What the cloud has said of its devices.</summary>
    internal ConcurrentQueue<string> CloudLog { get; } = new();

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Starts the cloud, on free ports or where one was before.</summary>
    internal async Task<EmulatorHost> StartCloudAsync(EmulatorHost? before = null) => await EmulatorHost.StartAsync(new EmulatorOptions
    {
        DataFolder = _folder.FullName,
        Mqtt = before?.MqttEndPoint ?? new IPEndPoint(IPAddress.Loopback, 0),
        Https = new IPEndPoint(IPAddress.Loopback, 0),
        Http = new IPEndPoint(IPAddress.Loopback, before?.HttpAddress.Port ?? 0),
        Log = CloudLog.Enqueue,
    });

    internal static DiceCredential MakeIdentity(string image) =>
        DiceEngine.Derive([.. Enumerable.Range(1, 32).Select(i => (byte)i)], Encoding.UTF8.GetBytes(image), Id);

    /// <summary>Settings of a board, with a text as zone 5 holds it.</summary>
    internal static DeviceSettings Settings(string cloud)
    {
        CloudSettings settings = CloudSettings.Parse(Encoding.UTF8.GetBytes(cloud), out string? problem);
        Assert.IsNull(problem);
        return new("home", "password"u8.ToArray(), settings);
    }

    /// <summary>A board whose network leads to the cloud, whatever the name.</summary>
    internal static TestMachine MakeMachine(EmulatorHost cloud) => new()
    {
        CaStore = cloud.CaCertificatePem,
        OpenConnection = (_, _) =>
        {
            TcpClient client = new();
            client.Connect(cloud.MqttEndPoint);
            return client.GetStream();
        },
    };

    internal static void RunApplication(TestMachine machine, DiceCredential identity, DeviceSettings settings)
    {
        machine.Install();
        SerialConsole serial = new(BoardPins.ConsolePort, BoardPins.ConsoleBaudRate);
        TextDisplay display = new(
            I2cDevice.Create(new I2cConnectionSettings(BoardPins.I2cBus, BoardPins.DisplayAddress, I2cBusSpeed.StandardMode)));
        StatusPanel panel = new(serial, display, new StatusLights(new GpioController()));
        TestMachine.Start(
            () => new Application().Run(new Handover(identity, settings, panel, new StartReport("power", 0, "1.0.0", "1.0.0"))));
    }

    /// <summary>Enrolls a certificate, as its owner does by uploading the .pem.</summary>
    internal static async Task EnrollAsync(EmulatorHost cloud, DiceCredential identity)
    {
        using HttpClient http = new() { BaseAddress = cloud.HttpAddress };
        using StringContent body = new(Pem.Encode("CERTIFICATE", identity.AliasCertificate), Encoding.UTF8, "application/x-pem-file");
        using HttpResponseMessage answer = await http.PostAsync(new Uri("api/enrollments", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Enrolls the device by a key; returns what its owner types after <c>set_az_iotdps</c>.</summary>
    internal static async Task<string> EnrollByKeyAsync(EmulatorHost cloud)
    {
        using HttpClient http = new() { BaseAddress = cloud.HttpAddress };
        Uri enrollment = new($"dps/enrollments/{Id}", UriKind.Relative);
        using HttpResponseMessage answer = await http.PutAsJsonAsync(
            enrollment, new { registrationId = Id, attestation = new { type = "symmetricKey" } });
        answer.EnsureSuccessStatusCode();
        JsonNode attestation = await PostAsync(cloud, $"dps/enrollments/{Id}/attestationmechanism", "");
        return $"DPSEndpoint={EmulatorOptions.GlobalEndpoint};IdScope={cloud.IdScope};DeviceId={Id};"
            + $"SymmetricKey={(string)attestation["symmetricKey"]!["primaryKey"]!}";
    }

    /// <summary>Makes the device at the hub; returns what its owner types after <c>set_az_iothub</c>.</summary>
    internal static async Task<string> AddDeviceAsync(EmulatorHost cloud)
    {
        using HttpClient http = new() { BaseAddress = cloud.HttpAddress };
        using HttpResponseMessage answer = await http.PutAsJsonAsync(DevicePath(cloud), new { deviceId = Id });
        answer.EnsureSuccessStatusCode();
        JsonNode device = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        string key = (string)device["authentication"]!["symmetricKey"]!["primaryKey"]!;
        return $"HostName={cloud.HubName};DeviceId={Id};SharedAccessKey={key}";
    }

    /// <summary>The device, as the hub's REST has it.</summary>
    internal static Task<JsonNode> GetDeviceAsync(EmulatorHost cloud) => GetAsync(cloud, DevicePath(cloud));

    /// <summary>A page of what the device sent.</summary>
    internal static Task<JsonNode> GetTelemetryAsync(EmulatorHost cloud, string query) =>
        GetAsync(cloud, $"api/hubs/{cloud.HubName}/devices/{Id}/telemetry?{query}");

    private static string DevicePath(EmulatorHost cloud) => $"hubs/{cloud.HubName}/devices/{Id}?api-version=2021-04-12";

    private static async Task<JsonNode> GetAsync(EmulatorHost cloud, string path)
    {
        using HttpClient http = new() { BaseAddress = cloud.HttpAddress };
        return (await http.GetFromJsonAsync<JsonNode>(path))!;
    }

    private static async Task<JsonNode> PostAsync<T>(EmulatorHost cloud, string path, T body)
    {
        using HttpClient http = new() { BaseAddress = cloud.HttpAddress };
        using HttpResponseMessage answer = await http.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
