using System.Net;
using System.Net.Http.Json;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.DpsEmulator.Host;
using DevKit.Support;

namespace DevKit.Demo.Tests.Support;

/// <summary>A local cloud on free ports, with a folder that is gone when the test is.</summary>
internal sealed class TestCloud : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http;
    private readonly CancellationToken _cancellation;

    private TestCloud(EmulatorHost host, DirectoryInfo folder, CancellationToken cancellation)
    {
        (Host, _folder, _cancellation) = (host, folder, cancellation);
        _http = new HttpClient { BaseAddress = host.HttpAddress };
    }

    public EmulatorHost Host { get; }

    /// <summary>Starts one.</summary>
    /// <param name="cancellation">The test's.</param>
    /// <param name="assignDelay">How long an assignment takes.</param>
    public static async Task<TestCloud> StartAsync(CancellationToken cancellation, TimeSpan assignDelay = default)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("devkit-cloud-");
        EmulatorOptions options = new()
        {
            DataFolder = folder.FullName,
            Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
            Https = new IPEndPoint(IPAddress.Loopback, 0),
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            AssignDelay = assignDelay,
        };
        return new TestCloud(await EmulatorHost.StartAsync(options, cancellation), folder, cancellation);
    }

    /// <summary>Enrolls the tests' board with the certificate that an image gives it.</summary>
    public Task EnrollAsync(byte[] image, bool enabled = true)
    {
        DiceCredential identity = DiceEngine.Derive(Convert.FromHexString(Sample.Uds), image, Sample.RegistrationId);
        return PutAsync($"dps/enrollments/{Sample.RegistrationId}", new
        {
            attestation = new
            {
                type = "x509",
                x509 = new
                {
                    clientCertificates =
                new { primary = new { certificate = Pem.Encode("CERTIFICATE", identity.AliasCertificate) } }
                },
            },
            provisioningStatus = enabled ? "enabled" : "disabled",
        });
    }

    /// <summary>Sends the tests' board a message.</summary>
    public Task SendAsync(string text) => PostAsync(
        $"hubs/{Host.HubName}/devices/{Sample.RegistrationId}/messages/deviceBound?api-version=2021-04-12", new { text });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task PutAsync<T>(string path, T content)
    {
        using HttpResponseMessage answer = await _http.PutAsJsonAsync(new Uri(path, UriKind.Relative), content, _cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private async Task PostAsync<T>(string path, T content)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), content, _cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
