using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.CertGen.Tests.Batch;
using DevKit.DpsEmulator.Host;

namespace DevKit.CertGen.Tests.Enrollment;

/// <summary>The local cloud, and a fleet with what it takes to enroll there.</summary>
internal sealed class LocalCloud : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("certgen-cloud-").FullName;
    private EmulatorHost? _host;

    public EmulatorHost Host => _host ?? throw new InvalidOperationException("It is not started.");

    /// <summary>Its page's REST, which needs no token.</summary>
    public HttpClient Http { get; } = new();

    public async Task StartAsync()
    {
        _host = await EmulatorHost.StartAsync(new EmulatorOptions
        {
            DataFolder = _data,
            Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
            Https = new IPEndPoint(IPAddress.Loopback, 0),
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            AssignDelay = TimeSpan.Zero,
            Log = _ => { },
        });
        Http.BaseAddress = _host.HttpAddress;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_host != null)
        {
            await _host.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    /// <summary>Writes what the command line names into a fleet's folder, and returns the options.</summary>
    public string[] Open(Fleet fleet)
    {
        fleet.CertGen.WriteSecret("service.txt", Encoding.ASCII.GetBytes(Host.ConnectionStrings[0] + "\n"));
        fleet.CertGen.WriteFile("ca.pem", Encoding.ASCII.GetBytes(Host.CaCertificatePem));
        return ["--service", "service.txt", "--connect", Host.HttpsEndPoint.ToString(), "--trust", "ca.pem"];
    }

    /// <summary>An enrollment as the service shows it, or null.</summary>
    public Task<JsonObject?> FindAsync(string registrationId) => GetAsync($"dps/enrollments/{Uri.EscapeDataString(registrationId)}");

    public Task<JsonObject?> FindGroupAsync(string name) => GetAsync($"dps/enrollmentGroups/{name}");

    /// <summary>Changes an enrollment as somebody else would.</summary>
    public async Task ChangeAsync(string registrationId, Action<JsonObject> change)
    {
        JsonObject document = (await FindAsync(registrationId))!;
        change(document);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"dps/enrollments/{registrationId}");
        request.Content = JsonContent.Create(document);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using HttpResponseMessage response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    private async Task<JsonObject?> GetAsync(string path)
    {
        using HttpResponseMessage response = await Http.GetAsync(path);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await response.Content.ReadFromJsonAsync<JsonObject>();
    }
}
