using System.Net;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Http;
using DevKit.DpsEmulator.Mqtt;
using DevKit.DpsEmulator.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DevKit.DpsEmulator.Host;

/// <summary>
/// What the two HTTP ports serve. The page's is open to this machine's user: the page, its API, and the services' REST without a token.
/// The HTTPS port is Azure's: MQTT over WebSockets, and the same REST, each request with the token of its service.
/// </summary>
internal static class EmulatorRoutes
{
    /// <summary>Maps all requests.</summary>
    /// <param name="application">Where to.</param>
    /// <param name="version">The emulator's version.</param>
    /// <param name="mqtt">Where MQTT is listened for, once it is.</param>
    /// <param name="https">Where HTTPS is listened for, once it is.</param>
    internal static void Map(WebApplication application, string version, Func<IPEndPoint> mqtt, Func<IPEndPoint> https)
    {
        IServiceProvider services = application.Services;
        application.UseWhen(context => !context.Request.IsHttps, page => page.Use(RequestGuard.Invoke));
        application.Use(HttpErrors.Invoke);
        application.UseWhen(context => context.Request.IsHttps, azure =>
        {
            azure.UseMqttWebSockets();
            azure.Use(services.GetRequiredService<ServiceHosts>().InvokeAsync);
        });
        application.UseRouting();
        MapPage(application, services, version, mqtt, https);
        MapProvisioning(application, services);
        services.GetRequiredService<HubApi>().Map(application, ServiceHosts.HubPrefix);
    }

    private static void MapPage(
        IEndpointRouteBuilder routes, IServiceProvider services, string version, Func<IPEndPoint> mqtt, Func<IPEndPoint> https)
    {
        services.GetRequiredService<InfoApi>().Map(routes, version, mqtt, https);
        services.GetRequiredService<CertificateApi>().Map(routes);
        services.GetRequiredService<SearchApi>().Map(routes);
        services.GetRequiredService<DerivedKeyApi>().Map(routes);
        services.GetRequiredService<TelemetryApi>().Map(routes);
        LogApi.Map(routes, services.GetRequiredService<EventLog>());
        services.GetRequiredService<FaultApi>().Map(routes);
        ChangeEvents.Map(routes, services.GetRequiredService<ChangeFeed>());
        PageFiles.Map(routes);
        OpenApiDocument.Map(routes);
    }

    private static void MapProvisioning(IEndpointRouteBuilder routes, IServiceProvider services)
    {
        RouteGroupBuilder provisioning = routes.MapGroup(ServiceHosts.ProvisioningPrefix);
        provisioning.AddEndpointFilter(services.GetRequiredService<ProvisioningErrors>());
        services.GetRequiredService<EnrollmentApi>().Map(provisioning);
        services.GetRequiredService<RegistrationApi>().Map(provisioning);
        services.GetRequiredService<DeviceRegistrationApi>().Map(routes.MapGroup(ServiceHosts.RegistrationPrefix));
    }
}
