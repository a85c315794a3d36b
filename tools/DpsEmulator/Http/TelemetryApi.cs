using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace DevKit.DpsEmulator.Http;

/// <summary>What a hub's REST does not have of a device: where it comes from, and what it sent.</summary>
internal sealed class TelemetryApi(
    HubNames hubs, DeviceStore devices, TelemetryStore telemetry, DeviceConnections connections, ChangeFeed changes)
{
    private const string Device = "/api/hubs/{hub}/devices/{id}";
    private const int MaximumWait = 60;
    private const int MaximumPage = 1000;

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Device, Describe);
        routes.MapGet(Device + "/telemetry", TelemetryAsync);
    }

    private IResult Describe(string hub, string id) =>
        hubs.Find(hub) is not { } known ? Problems.NotFound("hub", hub)
            : devices.Find(new DeviceAddress(known, id)) is not { } device ? Problems.NotFound("device", id)
            : Results.Ok(new OriginView(
                device.DeviceId, device.RegistrationId, device.Updated, connections.Find(device.Address)?.ConnectedSince));

    /// <summary>
    /// Messages after a number: the first, or the latest. With <paramref name="wait"/>, waits so many seconds for the first one after the
    /// number, also of a device that is to come.
    /// </summary>
    private async Task<IResult> TelemetryAsync(
        string hub,
        string id,
        IHostApplicationLifetime lifetime,
        CancellationToken cancellationToken,
        long after = 0,
        int limit = 100,
        int? latest = null,
        int wait = 0)
    {
        if (after < 0 || limit is < 1 or > MaximumPage || latest is < 1 or > MaximumPage || wait is < 0 or > MaximumWait)
        {
            return Problems.Invalid($"after is 0 or more, limit and latest 1 to {MaximumPage}, wait 0 to {MaximumWait} seconds.");
        }

        if (hubs.Find(hub) is not { } known)
        {
            return Problems.NotFound("hub", hub);
        }

        var address = new DeviceAddress(known, id);
        using ChangeSubscription sent = changes.Subscribe(
            change => change.Kind == ChangeKind.Telemetry && change.Id == id && change.Hub == known);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        waiting.CancelAfter(TimeSpan.FromSeconds(wait));
        while (true)
        {
            IReadOnlyList<TelemetryMessage> messages =
                latest is { } count ? telemetry.Latest(address, after, count) : telemetry.After(address, after, limit);
            TelemetryView[] found = [.. messages.Select(TelemetryView.From)];
            if (found.Length > 0 || wait == 0 || waiting.IsCancellationRequested)
            {
                return found.Length == 0 && devices.Find(address) is null
                    ? Problems.NotFound("device", id)
                    : Results.Ok(new TelemetryPage(found, found.Length > 0 ? found[^1].Sequence : after));
            }

            await ((Task)sent.ReadAsync(waiting.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>Where a device comes from.</summary>
/// <param name="DeviceId">Its name at the hub.</param>
/// <param name="RegistrationId">The registration that made it; null when it was made by hand.</param>
/// <param name="LastRegistered">When it registered last, or was made.</param>
/// <param name="ConnectedSince">When it connected; null when it is not connected.</param>
internal sealed record OriginView(
    string DeviceId, string? RegistrationId, DateTimeOffset LastRegistered, DateTimeOffset? ConnectedSince);
