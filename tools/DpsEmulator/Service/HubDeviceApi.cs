using System.Globalization;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Certificates;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Service;

/// <summary>A hub's registry of devices.</summary>
internal sealed class HubDeviceApi(HubNames hubs, DeviceStore devices, IssuingAuthority authority, EventLog log, TimeProvider clock)
{
    private const int MaximumPage = 1000;

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/devices", List);
        routes.MapGet("/devices/{id}", Get);
        routes.MapPut("/devices/{id}", PutAsync);
        routes.MapDelete("/devices/{id}", Delete);
    }

    private IResult List(string hub, HttpRequest request)
    {
        string? text = request.Query["top"];
        int top = MaximumPage;
        if (text is not null
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out top) || top is < 1 or > MaximumPage))
        {
            throw new FormatException($"'top' is '{text}': give 1 to {MaximumPage}.");
        }

        return ServiceResults.Json(new JsonArray([.. devices.List(hubs.Find(hub)!, limit: top).Select(DeviceDocument.Write)]));
    }

    private IResult Get(string hub, string id, HttpResponse response) => Show(new DeviceAddress(hubs.Find(hub)!, id), response);

    /// <summary>Makes a device where no entity tag is given, and changes one where one is.</summary>
    private async Task<IResult> PutAsync(string hub, string id, HttpRequest request)
    {
        var address = new DeviceAddress(hubs.Find(hub)!, id);
        JsonObject json = await JsonBody.ReadObjectAsync(request);
        string? match = ETags.ReadIfMatch(request);
        DeviceSettings settings =
            DeviceDocument.Read(id, json, match is null ? null : devices.Find(address), authority.Certificate.RawData);
        if (match is not null)
        {
            devices.Update(address, settings, match == ETags.Any ? null : match, clock.GetUtcNow());
            log.Write($"Hub: changed the device {id}{(settings.Enabled ? "" : ", disabled")}");
        }
        else if (devices.TryAdd(address, settings, null, clock.GetUtcNow()))
        {
            log.Write($"Hub: made the device {id}");
        }
        else
        {
            throw new HubException(HubErrorCode.DeviceAlreadyExists, $"A device with ID '{id}' is already registered.");
        }

        return Show(address, request.HttpContext.Response);
    }

    private IResult Delete(string hub, string id, HttpRequest request)
    {
        string? match = ETags.ReadIfMatch(request);
        devices.Remove(new DeviceAddress(hubs.Find(hub)!, id), match == ETags.Any ? null : match);
        log.Write($"Hub: removed the device {LogText.Clean(id)}");
        return Results.NoContent();
    }

    private IResult Show(DeviceAddress address, HttpResponse response)
    {
        DeviceStatus status = devices.FindStatus(address) ?? throw HubException.DeviceNotFound(address);
        response.Headers.ETag = ETags.Quote(status.Device.ETag);
        return ServiceResults.Json(DeviceDocument.Write(status));
    }
}
