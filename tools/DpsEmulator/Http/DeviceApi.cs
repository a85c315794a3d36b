using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace DevKit.DpsEmulator.Http;

/// <summary>The hub's devices over HTTP: what they sent, and what can be sent to them.</summary>
internal sealed class DeviceApi(
    DeviceStore devices,
    TelemetryStore telemetry,
    TwinStore twins,
    HubService hub,
    DeviceConnections connections,
    ChangeFeed changes,
    EventLog log)
{
    private const int MaximumWait = 60;
    private const int MaximumPage = 1000;

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/devices", () => Results.Ok(devices.List().Select(View).ToArray()));
        routes.MapGet("/api/devices/{id}", (string id) =>
            devices.FindStatus(id) is { } device ? Results.Ok(View(device)) : Problems.NotFound("device", id));
        routes.MapPost("/api/devices", Add);
        routes.MapDelete("/api/devices/{id}", Remove);
        routes.MapGet("/api/devices/{id}/telemetry", TelemetryAsync);
        routes.MapPost("/api/devices/{id}/messages", Send);
        routes.MapPatch("/api/devices/{id}/twin/desired", UpdateDesiredAsync);
        routes.MapPost("/api/devices/{id}/methods/{name}", InvokeMethodAsync);
    }

    private DeviceView View(DeviceStatus status) => DeviceView.From(status, connections.Find(status.Device.DeviceId)?.ConnectedSince);

    /// <summary>A device that connects to the hub without a registration; its key is shown here and never again.</summary>
    private IResult Add(DeviceRequest request)
    {
        try
        {
            string deviceId = request.DeviceId ?? throw new FormatException("The JSON has no 'deviceId'.");
            SymmetricKey key = request.PrimaryKey is null ? SymmetricKey.Generate() : SymmetricKey.Parse(request.PrimaryKey);
            if (DeviceIds.FindProblem(deviceId) is { } problem)
            {
                return Problems.Invalid(problem);
            }

            if (!hub.TryAdd(deviceId, Attestation.FromKey(key)))
            {
                return Problems.Create(409, "Conflict", $"There is a device '{deviceId}' already. Remove it, or choose another name.");
            }

            log.Write($"Made the device {deviceId}");
            string connection = $"HostName={hub.Name};DeviceId={deviceId};SharedAccessKey={key.ToBase64()}";
            return Results.Created($"/api/devices/{Uri.EscapeDataString(deviceId)}", new NewDeviceView(deviceId, hub.Name, connection));
        }
        catch (FormatException error)
        {
            return Problems.Invalid(error.Message);
        }
    }

    private IResult Remove(string id)
    {
        if (!hub.Remove(id))
        {
            return Problems.NotFound("device", id);
        }

        log.Write($"Removed the device {id}");
        return Results.NoContent();
    }

    /// <summary>
    /// Messages after a number. With <paramref name="wait"/>, waits so many seconds for the first one, also of a device that is to come.
    /// </summary>
    private async Task<IResult> TelemetryAsync(
        string id, IHostApplicationLifetime lifetime, CancellationToken cancellationToken, long after = 0, int limit = 100, int wait = 0)
    {
        if (after < 0 || limit is < 1 or > MaximumPage || wait is < 0 or > MaximumWait)
        {
            return Problems.Invalid($"after is 0 or more, limit 1 to {MaximumPage}, wait 0 to {MaximumWait} seconds.");
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        waiting.CancelAfter(TimeSpan.FromSeconds(wait));
        using ChangeSubscription sent = changes.Subscribe(change => change.Kind == ChangeKind.Telemetry && change.Id == id);
        while (true)
        {
            TelemetryView[] found = telemetry.After(id, after, limit).Select(TelemetryView.From).ToArray();
            if (found.Length > 0 || wait == 0 || waiting.IsCancellationRequested)
            {
                return found.Length == 0 && devices.Find(id) is null
                    ? Problems.NotFound("device", id)
                    : Results.Ok(new TelemetryPage(found, found.Length > 0 ? found[^1].Sequence : after));
            }

            await ((Task)sent.ReadAsync(waiting.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IResult Send(string id, MessageRequest request)
    {
        if (devices.Find(id) is null)
        {
            return Problems.NotFound("device", id);
        }

        if (request.Text is null == request.Base64 is null)
        {
            return Problems.Invalid("The JSON has either 'text' or 'base64'.");
        }

        byte[] payload;
        try
        {
            payload = request.Text is not null ? Encoding.UTF8.GetBytes(request.Text) : Convert.FromBase64String(request.Base64!);
        }
        catch (FormatException)
        {
            return Problems.Invalid("'base64' is no base64.");
        }

        if (request.Properties?.FirstOrDefault(property => property.Value is null) is { Key: { } empty })
        {
            return Problems.Invalid($"The property '{empty}' is null: give it a text, or leave it out.");
        }

        var properties = new Dictionary<string, string>(request.Properties ?? [], StringComparer.Ordinal)
        {
            ["$.to"] = $"/devices/{id}/messages/deviceBound",
            ["$.mid"] = Guid.NewGuid().ToString("D"),
        };
        if (new HubTopics(id).ForMessage(properties).Length > ushort.MaxValue)
        {
            return Problems.Invalid(
                $"The properties are too long: URL-encoded, with the rest of the topic, they have {ushort.MaxValue} bytes at most.");
        }

        return hub.TrySend(id, properties, payload)
            ? Results.Accepted()
            : Problems.Create(429, "Queue full", $"{CloudMessageStore.MaximumQueued} messages wait for {id} already: a hub holds no more.");
    }

    private async Task<IResult> UpdateDesiredAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        byte[] body = await RequestBody.ReadAsync(request);
        if (!TwinPatch.TryParse(body, out JsonObject? patch, out string? problem))
        {
            return Problems.Invalid(problem);
        }

        return await hub.UpdateDesiredAsync(id, patch, cancellationToken) is null
            ? Problems.NotFound("device", id)
            : Results.Ok(twins.Desired(id));
    }

    private async Task<IResult> InvokeMethodAsync(
        string id, string name, HttpRequest request, CancellationToken cancellationToken, int timeout = 30)
    {
        if (devices.Find(id) is null)
        {
            return Problems.NotFound("device", id);
        }

        if (timeout is < 1 or > 300 || name.Length > 100)
        {
            return Problems.Invalid("timeout is 1 to 300 seconds, and a method's name has at most 100 characters.");
        }

        byte[] payload = await RequestBody.ReadAsync(request);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(TimeSpan.FromSeconds(timeout));
        try
        {
            MethodResult? result = connections.Find(id) is { } connection
                ? await connection.InvokeMethodAsync(name, payload, waiting.Token)
                : null;
            return result is null
                ? Problems.Create(404, "Not online", $"The device {id} is not connected, or has not subscribed to methods.")
                : Results.Ok(new MethodView(result.Status, Json(result.Payload)));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            return Problems.Create(504, "No answer", $"The device {id} did not answer the method '{name}' within {timeout} seconds.");
        }
    }

    /// <summary>A device's answer as JSON; as text where it is none.</summary>
    private static JsonNode? Json(byte[] payload) =>
        payload.Length == 0 ? null : JsonPayload.TryParse(payload, out JsonNode? json) ? json : RequestBody.Text(payload);
}
