using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DevKit.CommandLine;
using DevKit.Fleet.Devices;

namespace DevKit.Fleet.Servers;

/// <summary>Adds enrollments through the provisioning service's REST, in bulk.</summary>
internal sealed class Enrollments(Uri api) : IDisposable
{
    /// <summary>How many the service takes by one request.</summary>
    internal const int Bulk = 10;

    private readonly HttpClient _http = new() { BaseAddress = api };

    public void Dispose() => _http.Dispose();

    /// <summary>A device's enrollment, by its certificate.</summary>
    internal static JsonObject OfDevice(DeviceIdentity device) => new()
    {
        ["registrationId"] = device.RegistrationId,
        ["attestation"] = new JsonObject
        {
            ["type"] = "x509",
            ["x509"] = new JsonObject
            {
                ["clientCertificates"] = new JsonObject { ["primary"] = new JsonObject { ["certificate"] = device.Pem } },
            },
        },
    };

    /// <summary>An enrollment that nobody comes by, so that the devices that do come find a full database.</summary>
    internal static JsonObject OfNobody(int number) => new()
    {
        ["registrationId"] = GetIdleId(number),
        ["attestation"] = new JsonObject { ["type"] = "symmetricKey" },
    };

    /// <summary>The registration ID of one that nobody comes by.</summary>
    internal static string GetIdleId(int number) => string.Create(CultureInfo.InvariantCulture, $"idle-{number:00000}");

    /// <summary>Adds up to <see cref="Bulk"/> enrollments.</summary>
    /// <exception cref="CommandException">The service refuses them, or is not there.</exception>
    internal async Task AddAsync(IEnumerable<JsonObject> enrollments, CancellationToken cancellation)
    {
        var request = new JsonObject { ["mode"] = "create", ["enrollments"] = new JsonArray([.. enrollments]) };
        try
        {
            using HttpResponseMessage answer = await _http.PostAsJsonAsync("dps/enrollments", request, cancellation);
            string body = await answer.Content.ReadAsStringAsync(cancellation);
            if (!answer.IsSuccessStatusCode || (bool?)JsonNode.Parse(body)?["isSuccessful"] != true)
            {
                throw new CommandException($"{api} does not enroll the devices: {(int)answer.StatusCode} {body}");
            }
        }
        catch (HttpRequestException error)
        {
            throw new CommandException($"{api} does not answer: {error.Message}");
        }
    }
}
