using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Service;

/// <summary>The twins of a hub's devices.</summary>
internal sealed class HubTwinApi(HubNames hubs, DeviceStore devices, HubService service)
{
    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/twins/{id}", (string hub, string id, HttpResponse response) =>
            Show(new DeviceAddress(hubs.Find(hub)!, id), response));
        routes.MapPatch("/twins/{id}", (string hub, string id, HttpRequest request) => ChangeAsync(hub, id, request, replace: false));
        routes.MapPut("/twins/{id}", (string hub, string id, HttpRequest request) => ChangeAsync(hub, id, request, replace: true));
    }

    private async Task<IResult> ChangeAsync(string hub, string id, HttpRequest request, bool replace)
    {
        var address = new DeviceAddress(hubs.Find(hub)!, id);
        TwinUpdate update = TwinDocument.Read(await JsonBody.ReadObjectAsync(request), replace);
        string? match = ETags.ReadIfMatch(request);
        await service.UpdateTwinAsync(address, update, match == ETags.Any ? null : match, request.HttpContext.RequestAborted);
        return Show(address, request.HttpContext.Response);
    }

    private IResult Show(DeviceAddress address, HttpResponse response)
    {
        DeviceStatus status = devices.FindStatus(address) ?? throw HubException.DeviceNotFound(address);
        response.Headers.ETag = ETags.Quote(status.Twin.ETag);
        return ServiceResults.Json(TwinDocument.Write(status));
    }
}
