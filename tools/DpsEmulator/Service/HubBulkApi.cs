using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Certificates;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Service;

/// <summary>Several devices by one request: each is made, changed or removed, or named among the errors.</summary>
internal sealed class HubBulkApi(
    HubNames hubs, DeviceStore devices, HubService service, IssuingAuthority authority, EventLog log, TimeProvider clock)
{
    private const int Maximum = 100;

    internal void Map(IEndpointRouteBuilder routes) => routes.MapPost("/devices", RunAsync);

    private async Task<IResult> RunAsync(string hub, HttpRequest request)
    {
        JsonObject[] items = await JsonBody.ReadAsync(request) is JsonArray array && array.All(item => item is JsonObject)
            ? [.. array.Select(item => item!.AsObject())]
            : throw new FormatException("The body is no array of devices.");
        if (items.Length is 0 or > Maximum)
        {
            throw new FormatException($"The body has {items.Length} devices: 1 to {Maximum} are allowed.");
        }

        var errors = new JsonArray();
        foreach (JsonObject item in items)
        {
            string id = (item.GetText("id") ?? item.GetText("deviceId")) ?? "";
            if (await RunOneAsync(new DeviceAddress(hubs.Find(hub)!, id), item, request.HttpContext.RequestAborted) is { } error)
            {
                errors.Add((JsonNode)new JsonObject
                {
                    ["deviceId"] = id,
                    ["errorCode"] = error.Code.ToString(),
                    ["errorStatus"] = error.Message,
                });
            }
        }

        log.Write($"Hub: {items.Length - errors.Count} of {items.Length} devices made, changed or removed by one request");
        var body = new JsonObject { ["isSuccessful"] = errors.Count == 0, ["errors"] = errors, ["warnings"] = new JsonArray() };
        return ServiceResults.Json(body, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private async Task<HubException?> RunOneAsync(DeviceAddress address, JsonObject item, CancellationToken cancellationToken)
    {
        try
        {
            const string IfMatch = "IFMATCHETAG";
            string mode = (item.GetText("importMode") ?? "createOrUpdate").ToUpperInvariant();
            bool matches = mode.EndsWith(IfMatch, StringComparison.Ordinal);
            string? etag = !matches ? null
                : mode.StartsWith("UPDATETWIN", StringComparison.Ordinal) ? ReadETag(item, "twinETag")
                : ReadETag(item, "eTag") ?? ReadETag(item, "etag");
            await ExecuteAsync(matches ? mode[..^IfMatch.Length] : mode, address, item, etag == ETags.Any ? null : etag, cancellationToken);
            return null;
        }
        catch (FormatException error)
        {
            return HubException.Invalid(error.Message);
        }
        catch (HubException error)
        {
            return error;
        }
    }

    private static string? ReadETag(JsonObject item, string name) => item.GetText(name) is { } text ? ETags.Unquote(text) : null;

    private Task ExecuteAsync(string mode, DeviceAddress address, JsonObject item, string? etag, CancellationToken cancellationToken)
    {
        switch (mode)
        {
            case "CREATE":
            case "CREATEORUPDATE" when devices.Find(address) is null:
                Create(address, item);
                return Task.CompletedTask;
            case "UPDATE":
            case "CREATEORUPDATE":
                devices.Update(address, Read(address, item, devices.Find(address)), etag, clock.GetUtcNow());
                return Task.CompletedTask;
            case "DELETE":
                devices.Remove(address, etag);
                return Task.CompletedTask;
            case "UPDATETWIN":
                return service.UpdateTwinAsync(address, TwinDocument.Read(item, replace: false), etag, cancellationToken);
            default:
                throw new FormatException(
                    $"'importMode' is '{item.GetText("importMode")}': here are create, update, updateIfMatchETag, delete, "
                    + "deleteIfMatchETag, createOrUpdate, createOrUpdateIfMatchETag, updateTwin and updateTwinIfMatchETag.");
        }
    }

    private void Create(DeviceAddress address, JsonObject item)
    {
        TwinUpdate twin = TwinDocument.Read(item, replace: true);
        DeviceSettings settings = Read(address, item, null);
        if (!devices.TryAdd(address, settings, new InitialTwin(twin.Tags ?? [], twin.Desired ?? []), clock.GetUtcNow()))
        {
            throw new HubException(HubErrorCode.DeviceAlreadyExists, $"A device with ID '{address.DeviceId}' is already registered.");
        }
    }

    private DeviceSettings Read(DeviceAddress address, JsonObject item, Device? present) =>
        DeviceDocument.Read(address.DeviceId, item, present, authority.Certificate.RawData);
}
