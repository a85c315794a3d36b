using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace DevKit.Demo;

/// <summary>What a user does on the emulator's page, through the REST API behind it.</summary>
public sealed class CloudPage(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>Uploads a certificate.</summary>
    /// <exception cref="DemoException">The service refuses it.</exception>
    public async Task EnrollAsync(string pem, string registrationId, CancellationToken cancellation)
    {
        using StringContent body = new(pem, Encoding.UTF8, new MediaTypeHeaderValue("application/x-pem-file"));
        using HttpResponseMessage response = await _http.PostAsync(new Uri("api/enrollments", UriKind.Relative), body, cancellation);
        string answer = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode || !answer.Contains(registrationId, StringComparison.Ordinal))
        {
            throw new DemoException($"The enrollment was answered {(int)response.StatusCode}: {answer}");
        }
    }

    /// <summary>Waits until the hub has seen a telemetry message of a device.</summary>
    /// <returns>The message.</returns>
    /// <exception cref="DemoException">None came.</exception>
    public async Task<string> WaitForTelemetryAsync(string deviceId, TimeSpan timeout, CancellationToken cancellation)
    {
        Uri messages = new($"api/devices/{deviceId}/telemetry?wait={timeout.TotalSeconds:0}", UriKind.Relative);
        using HttpResponseMessage response = await _http.GetAsync(messages, cancellation);
        string answer = await response.Content.ReadAsStringAsync(cancellation);
        if (response.IsSuccessStatusCode)
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            foreach (JsonElement message in document.RootElement.GetProperty("messages").EnumerateArray())
            {
                return message.GetProperty("text").ToString();
            }
        }

        throw new DemoException(
            $"The hub has seen no telemetry of {deviceId} within {timeout.TotalSeconds:0} s; "
                + $"it answers {(int)response.StatusCode}: {answer}");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
