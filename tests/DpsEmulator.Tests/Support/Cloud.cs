using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>An emulator of one test, on free ports, with a folder of its own, and an HTTP client for it.</summary>
internal sealed class Cloud : IAsyncDisposable
{
    /// <summary>A CA and a server certificate that all emulators of this run start with: making RSA keys takes its time.</summary>
    private static readonly Lazy<Task<IReadOnlyDictionary<string, string>>> Certificates = new(CreateCertificatesAsync);

    private readonly TemporaryFolder? _ownFolder;
    private readonly Lock _gate = new();
    private readonly StringBuilder _log = new();

    private Cloud(TemporaryFolder? ownFolder) => _ownFolder = ownFolder;

    internal EmulatorHost Host { get; private set; } = null!;

    internal HttpClient Http { get; } = new();

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

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        _ownFolder?.Dispose();
    }

    /// <summary>Without a folder, one is made for this emulator; without a delay, registrations are assigned at once.</summary>
    internal static async Task<Cloud> StartAsync(
        string? folder = null, TimeProvider? clock = null, TimeSpan assignDelay = default, string hubName = EmulatorOptions.DefaultHubName)
    {
        TemporaryFolder? own = folder is null ? new TemporaryFolder() : null;
        foreach ((string name, string text) in own is null ? new Dictionary<string, string>() : await Certificates.Value)
        {
            own!.File(name, text);
        }

        var cloud = new Cloud(own);
        cloud.Host = await EmulatorHost.StartAsync(new EmulatorOptions
        {
            DataFolder = folder ?? own!.FullPath,
            Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Clock = clock ?? TimeProvider.System,
            AssignDelay = assignDelay,
            HubName = hubName,
            Log = cloud.AddLine,
        });
        cloud.Http.BaseAddress = cloud.Host.HttpAddress;
        return cloud;
    }

    internal async Task<HttpResponseMessage> UploadAsync(string pem, string contentType = "application/x-pem-file") =>
        await Http.PostAsync("api/enrollments", new StringContent(pem, Encoding.UTF8, contentType));

    internal async Task EnrollAsync(DeviceCertificate certificate)
    {
        using HttpResponseMessage response = await UploadAsync(certificate.Pem);
        Assert.AreEqual(HttpStatusCode.Created, response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    internal async Task<JsonNode> GetAsync(string path) => (await Http.GetFromJsonAsync<JsonNode>(path))!;

    private static async Task<IReadOnlyDictionary<string, string>> CreateCertificatesAsync()
    {
        using var folder = new TemporaryFolder();
        await using (await StartAsync(folder.FullPath))
        {
        }

        return Directory.GetFiles(folder.FullPath, "*.pem").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
    }

    private void AddLine(string line)
    {
        lock (_gate)
        {
            _log.AppendLine(line);
        }
    }
}
