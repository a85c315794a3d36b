using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

using DevKit.CommandLine;

namespace DevKit.Demo;

/// <summary>What a user does on the emulator's page, through the REST API behind it.</summary>
/// <param name="address">Where the page is.</param>
/// <param name="hub">The hub whose devices are meant.</param>
public sealed class CloudPage(Uri address, string hub) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>Uploads a certificate.</summary>
    /// <exception cref="CommandException">The service refuses it.</exception>
    public async Task EnrollAsync(string pem, string registrationId, CancellationToken cancellation)
    {
        using StringContent body = new(pem, Encoding.UTF8, new MediaTypeHeaderValue("application/x-pem-file"));
        using HttpResponseMessage response = await _http.PostAsync(new Uri("api/enrollments", UriKind.Relative), body, cancellation);
        string answer = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode || !answer.Contains(registrationId, StringComparison.Ordinal))
        {
            throw new CommandException($"The enrollment was answered {(int)response.StatusCode}: {answer}");
        }
    }

    /// <summary>Removes an individual enrollment.</summary>
    /// <exception cref="CommandException">The service refuses it.</exception>
    public async Task RemoveEnrollmentAsync(string registrationId, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await _http.DeleteAsync(
            new Uri($"dps/enrollments/{registrationId}", UriKind.Relative), cancellation);
        await CheckAsync("The removal of the enrollment", response, cancellation);
    }

    /// <summary>Enrolls the devices of a CA as a group whose devices are issued operational certificates.</summary>
    /// <exception cref="CommandException">The service refuses it.</exception>
    public async Task EnrollGroupAsync(string group, string caCertificate, CancellationToken cancellation)
    {
        var document = new
        {
            enrollmentGroupId = group,
            attestation = new
            {
                type = "x509",
                x509 = new { signingCertificates = new { primary = new { certificate = caCertificate } } },
            },
            credentialPolicyName = "default",
        };
        using HttpResponseMessage response = await _http.PutAsJsonAsync(
            new Uri($"dps/enrollmentGroups/{group}", UriKind.Relative), document, cancellation);
        await CheckAsync("The enrollment of the group", response, cancellation);
    }

    /// <summary>How a device's registration by a group stands.</summary>
    /// <returns>The status, or null when the group has not registered the device.</returns>
    /// <exception cref="CommandException">The service refuses to say.</exception>
    public async Task<string?> FindGroupAsync(string registrationId, string group, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync(
            new Uri($"dps/registrations/{group}/query", UriKind.Relative), new { query = "*" }, cancellation);
        await CheckAsync("The query of the group's registrations", response, cancellation);
        using JsonDocument registrations = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
        foreach (JsonElement registration in registrations.RootElement.EnumerateArray())
        {
            if (registration.GetProperty("registrationId").GetString() == registrationId)
            {
                return registration.GetProperty("status").GetString();
            }
        }

        return null;
    }

    private static async Task CheckAsync(string what, HttpResponseMessage response, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new CommandException(
                $"{what} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellation)}");
        }
    }

    /// <summary>The number of the latest message that the hub has of a device.</summary>
    public async Task<long> GetLastMessageAsync(string deviceId, CancellationToken cancellation)
    {
        Uri messages = new($"api/hubs/{hub}/devices/{deviceId}/telemetry?latest=1", UriKind.Relative);
        using JsonDocument document = JsonDocument.Parse(await _http.GetStringAsync(messages, cancellation));
        return document.RootElement.GetProperty("last").GetInt64();
    }

    /// <summary>Waits until the hub has seen a telemetry message of a device.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="after">Messages up to this number are not meant.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The message.</returns>
    /// <exception cref="CommandException">None came.</exception>
    public async Task<string> WaitForTelemetryAsync(string deviceId, long after, TimeSpan timeout, CancellationToken cancellation)
    {
        string messages = $"api/hubs/{hub}/devices/{deviceId}/telemetry?after={after}&wait={timeout.TotalSeconds:0}";
        using HttpResponseMessage response = await _http.GetAsync(new Uri(messages, UriKind.Relative), cancellation);
        string answer = await response.Content.ReadAsStringAsync(cancellation);
        if (response.IsSuccessStatusCode)
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            foreach (JsonElement message in document.RootElement.GetProperty("messages").EnumerateArray())
            {
                return message.GetProperty("text").ToString();
            }
        }

        throw new CommandException(
            $"The hub has seen no telemetry of {deviceId} within {timeout.TotalSeconds:0} s; "
                + $"it answers {(int)response.StatusCode}: {answer}");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
