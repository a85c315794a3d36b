using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Service;

/// <summary>The REST that a hub's back end uses, for each hub under its name.</summary>
internal sealed class HubApi(
    HubRequests requests,
    HubDeviceApi devices,
    HubBulkApi bulk,
    HubTwinApi twins,
    HubMethodApi methods,
    HubMessageApi messages,
    HubQueryApi queries,
    DeviceStore store,
    HubNames hubs)
{
    /// <param name="routes">Take the routes.</param>
    /// <param name="prefix">What stands before a hub's name.</param>
    internal void Map(IEndpointRouteBuilder routes, string prefix)
    {
        RouteGroupBuilder hub = routes.MapGroup($"{prefix}/{{{HubRequests.HubValue}}}");
        hub.AddEndpointFilter(requests);
        devices.Map(hub);
        bulk.Map(hub);
        twins.Map(hub);
        methods.Map(hub);
        messages.Map(hub);
        queries.Map(hub);
        hub.MapGet("/statistics/devices", CountDevices);
        hub.MapGet("/statistics/service", CountConnections);
        hub.Map("/{**path}", (string? path) => Refuse(path));
    }

    private IResult CountDevices(string hub)
    {
        DeviceCounts counts = store.Count(hubs.Find(hub)!);
        return ServiceResults.Json(new JsonObject
        {
            ["totalDeviceCount"] = counts.Total,
            ["enabledDeviceCount"] = counts.Enabled,
            ["disabledDeviceCount"] = counts.Total - counts.Enabled,
        });
    }

    private IResult CountConnections(string hub) =>
        ServiceResults.Json(new JsonObject { ["connectedDeviceCount"] = store.Count(hubs.Find(hub)!).Connected });

    /// <summary>What a hub has beside this, such as modules, jobs and configurations.</summary>
    private static IResult Refuse(string? path) =>
        throw new HubException(HubErrorCode.GenericNotFound, $"This emulator's hub has nothing at '/{path}' for such a request.");
}
