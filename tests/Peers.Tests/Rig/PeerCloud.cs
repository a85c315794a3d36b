using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;

namespace DevKit.Peers.Tests.Rig;

/// <summary>An emulator at an address of its own, with the ports that Azure has.</summary>
internal sealed class PeerCloud : IAsyncDisposable
{
    private const string HubRest = $"hubs/{EmulatorOptions.DefaultHubName}";
    private const string DpsVersion = "?api-version=2021-10-01";
    private const string HubVersion = "?api-version=2021-04-12";

    private readonly string _folder = Directory.CreateTempSubdirectory("peers-").FullName;
    private readonly HttpClient _http = new();
    private readonly StringBuilder _log = new();
    private readonly Lock _gate = new();
    private readonly AzureNames _names;
    private EmulatorHost? _host;

    private PeerCloud() => _names = new AzureNames(Path.Combine(_folder, "hosts"));

    internal EmulatorHost Host => _host!;

    /// <summary>The CA certificate, for programs that take the name of a file.</summary>
    internal string CaFile => Path.Combine(DataFolder, "ca.pem");

    /// <summary>What the emulator has logged.</summary>
    internal string Log
    {
        get
        {
            lock (_gate)
            {
                return _log.ToString();
            }
        }
    }

    private string DataFolder => Path.Combine(_folder, "data");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Starts an emulator.</summary>
    /// <param name="address">An address of the loopback network that no other test has.</param>
    /// <param name="otherHubs">Hubs beside the one that each emulator has.</param>
    internal static async Task<PeerCloud> StartAsync(string address, params string[] otherHubs)
    {
        AzureNames.Require();
        var cloud = new PeerCloud();
        try
        {
            await cloud.OpenAsync(address, otherHubs);
            return cloud;
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a script is told on its standard input, JSON: the emulator, and what else it has to know.</summary>
    internal string Describe(object? more = null)
    {
        var all = (JsonObject)JsonSerializer.SerializeToNode(more ?? new object(), JsonSerializerOptions.Web)!;
        all["global"] = EmulatorOptions.GlobalEndpoint;
        all["idScope"] = Host.IdScope;
        all["hub"] = Host.HubName;
        all["page"] = Host.HttpAddress.ToString();
        all["ca"] = CaFile;
        all["key"] = DeviceKeys.SymmetricKey;
        all["dpsConnection"] = Connection(EmulatorOptions.DefaultProvisioningHost, "provisioningserviceowner");
        all["hubConnection"] = Connection(Host.HubName, "iothubowner");
        return all.ToJsonString();
    }

    /// <summary>Puts a file beside the emulator's data and returns its path.</summary>
    internal string WriteFile(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs a program, which takes Azure's names for this emulator, to its end; returns what it wrote.</summary>
    internal Task<string> RunAsync(string program, string input, params string[] arguments) =>
        _names.RunAsync(program, input, arguments);

    /// <summary>Enrolls a device of its own.</summary>
    internal Task EnrollAsync(string registrationId, object attestation) =>
        SendAsync(HttpMethod.Put, $"dps/enrollments/{registrationId}{DpsVersion}", new { registrationId, attestation });

    /// <summary>Makes a device of the hub.</summary>
    internal Task AddDeviceAsync(string deviceId, object authentication) =>
        SendAsync(HttpMethod.Put, $"{HubRest}/devices/{deviceId}{HubVersion}", new { deviceId, authentication });

    /// <summary>Sends a message to a device, as Azure lets a back end do by AMQP.</summary>
    internal Task SendToAsync(string deviceId, string text) =>
        SendAsync(HttpMethod.Post, $"{HubRest}/devices/{deviceId}/messages/deviceBound{HubVersion}", new { text });

    /// <summary>The latest message of a device: text and properties.</summary>
    internal async Task<JsonNode> GetTelemetryAsync(string deviceId)
    {
        var address = new Uri(Host.HttpAddress, $"api/{HubRest}/devices/{deviceId}/telemetry?wait=30");
        JsonNode page = (await _http.GetFromJsonAsync<JsonNode>(address))!;
        JsonNode last = page["messages"]!.AsArray()[^1]!;
        return new JsonObject { ["text"] = last["text"]!.DeepClone(), ["properties"] = last["properties"]!.DeepClone() };
    }

    private async Task OpenAsync(string address, string[] otherHubs)
    {
        var ip = IPAddress.Parse(address);
        _host = await EmulatorHost.StartAsync(new EmulatorOptions
        {
            DataFolder = DataFolder,
            Mqtt = new IPEndPoint(ip, 8883),
            Https = new IPEndPoint(ip, 443),
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            HubNames = [EmulatorOptions.DefaultHubName, .. otherHubs],
            AssignDelay = TimeSpan.Zero,
            Log = AddLine,
        });
        _names.Give(
            address,
            [EmulatorOptions.GlobalEndpoint, EmulatorOptions.DefaultProvisioningHost, EmulatorOptions.DefaultHubName, .. otherHubs]);
    }

    /// <summary>A policy's connection string, as a service SDK takes it.</summary>
    private string Connection(string host, string policy)
    {
        string key = File.ReadAllText(Path.Combine(DataFolder, policy + ".key")).Trim();
        return $"HostName={host};SharedAccessKeyName={policy};SharedAccessKey={key}";
    }

    /// <summary>A request of the services' REST, at the page's address, which asks for no token.</summary>
    private async Task SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(Host.HttpAddress, path)) { Content = JsonContent.Create(body) };
        using HttpResponseMessage response = await _http.SendAsync(request);
        Assert.IsTrue(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private void AddLine(string line)
    {
        lock (_gate)
        {
            _log.AppendLine(line);
        }
    }
}
