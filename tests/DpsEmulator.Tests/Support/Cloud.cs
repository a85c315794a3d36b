using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
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

    /// <summary>The data folder.</summary>
    internal string Folder { get; private set; } = "";

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
        string? folder = null, TimeProvider? clock = null, TimeSpan assignDelay = default, params string[] hubNames)
    {
        TemporaryFolder? own = folder is null ? new TemporaryFolder() : null;
        foreach ((string name, string text) in own is null ? new Dictionary<string, string>() : await Certificates.Value)
        {
            own!.File(name, text);
        }

        var cloud = new Cloud(own) { Folder = folder ?? own!.FullPath };
        cloud.Host = await EmulatorHost.StartAsync(new EmulatorOptions
        {
            DataFolder = cloud.Folder,
            Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
            Https = new IPEndPoint(IPAddress.Loopback, 0),
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Clock = clock ?? TimeProvider.System,
            AssignDelay = assignDelay,
            HubNames = hubNames.Length == 0 ? [EmulatorOptions.DefaultHubName] : hubNames,
            Log = cloud.AddLine,
        });
        cloud.Http.BaseAddress = cloud.Host.HttpAddress;
        return cloud;
    }

    /// <summary>Verifies a server against the emulator's CA.</summary>
    internal X509ChainPolicy CreateTrust()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(Host.CaCertificatePem);
        return policy;
    }

    internal async Task<HttpResponseMessage> UploadAsync(string pem, string contentType = "application/x-pem-file") =>
        await Http.PostAsync("api/enrollments", new StringContent(pem, Encoding.UTF8, contentType));

    internal async Task EnrollAsync(DeviceCertificate certificate)
    {
        using HttpResponseMessage response = await UploadAsync(certificate.Pem);
        Assert.AreEqual(HttpStatusCode.Created, response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Enrolls a device by a symmetric key; without one, the emulator makes it.</summary>
    internal async Task EnrollKeyAsync(string registrationId, string? primaryKey = null)
    {
        var keys = new JsonObject { ["primaryKey"] = primaryKey };
        await PutAsync($"dps/enrollments/{registrationId}", new JsonObject
        {
            ["registrationId"] = registrationId,
            ["attestation"] = new JsonObject { ["type"] = "symmetricKey", ["symmetricKey"] = keys },
        });
    }

    /// <summary>Enrolls the devices of a CA as a group.</summary>
    internal async Task EnrollGroupAsync(string id, TestAuthority authority, JsonObject? more = null)
    {
        JsonObject document = more ?? [];
        var primary = new JsonObject { ["certificate"] = authority.Certificate.ExportCertificatePem() };
        document["attestation"] = new JsonObject
        {
            ["type"] = "x509",
            ["x509"] = new JsonObject { ["signingCertificates"] = new JsonObject { ["primary"] = primary } },
        };
        await PutAsync($"dps/enrollmentGroups/{id}", document);
    }

    /// <summary>Puts a document, and returns what the service made of it.</summary>
    internal async Task<JsonNode> PutAsync(string path, JsonNode document, string? ifMatch = null)
    {
        using HttpResponseMessage response = await TryPutAsync(path, document, ifMatch);
        string body = await response.Content.ReadAsStringAsync();
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, body);
        return JsonNode.Parse(body)!;
    }

    /// <summary>Puts a document, whatever the answer.</summary>
    internal async Task<HttpResponseMessage> TryPutAsync(string path, JsonNode document, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(document) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await Http.SendAsync(request);
    }

    /// <summary>Disables or enables an individual enrollment.</summary>
    internal async Task SetEnabledAsync(string registrationId, bool enabled)
    {
        JsonNode enrollment = await GetAsync($"dps/enrollments/{registrationId}");
        enrollment["provisioningStatus"] = enabled ? "enabled" : "disabled";
        await PutAsync($"dps/enrollments/{registrationId}", enrollment, (string?)enrollment["etag"]);
    }

    internal async Task RemoveEnrollmentAsync(string registrationId)
    {
        using HttpResponseMessage response = await Http.DeleteAsync($"dps/enrollments/{registrationId}");
        Assert.AreEqual(HttpStatusCode.NoContent, response.StatusCode);
    }

    /// <summary>The first page of all there are: <c>enrollments</c>, <c>enrollmentGroups</c> or <c>registrations/{group}</c>.</summary>
    internal async Task<JsonArray> QueryAsync(string collection)
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync($"dps/{collection}/query", new { query = "*" });
        return (await response.Content.ReadFromJsonAsync<JsonArray>())!;
    }

    /// <summary>Waits until the log says something; a test that waits in vain is ended by its run.</summary>
    internal async Task WaitForLogAsync(string text)
    {
        while (!Log.Contains(text, StringComparison.Ordinal))
        {
            await Task.Delay(10);
        }
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
