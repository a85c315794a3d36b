using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Faults;
using DevKit.DpsEmulator.Http;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Hub.Queries;
using DevKit.DpsEmulator.Mqtt;
using DevKit.DpsEmulator.Service;
using Microsoft.Extensions.DependencyInjection;

namespace DevKit.DpsEmulator.Host;

/// <summary>The emulator's parts, each made once.</summary>
internal static class EmulatorServices
{
    /// <summary>Adds all parts; the database, the issuing CA and the services' addresses are there already.</summary>
    internal static void AddEmulator(this IServiceCollection services, EmulatorOptions options)
    {
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton(all => new EventLog(options.Log, all.GetRequiredService<ChangeFeed>(), options.Clock));
        services.AddSingleton<FaultRules>();
        services.AddSingleton(all => all.GetRequiredService<ServiceAddresses>().Hubs);
        AddHub(services);
        AddProvisioning(services, options);
        AddHttp(services);
        services.AddSingleton<MqttSessions>();
        services.AddSingleton<MqttWatch>();
        services.AddSingleton<MqttEndpoint>();
    }

    private static void AddHub(IServiceCollection services)
    {
        services.AddSingleton<DeviceStore>();
        services.AddSingleton<TelemetryStore>();
        services.AddSingleton<CloudMessageStore>();
        services.AddSingleton<FeedbackStore>();
        services.AddSingleton<TwinStore>();
        services.AddSingleton<AggregateStore>();
        services.AddSingleton<DeviceConnections>();
        services.AddSingleton<MethodInvoker>();
        services.AddSingleton<HubService>();
        services.AddSingleton<IMqttService>(all => Wrap<HubService>(all, FaultService.Hub, name => HubUserName.TryParse(name, out _)));
    }

    private static void AddProvisioning(IServiceCollection services, EmulatorOptions options)
    {
        services.AddSingleton<EnrollmentStore>();
        services.AddSingleton<RegistrationStore>();
        services.AddSingleton<DeviceAssignment>();
        services.AddSingleton(all => ActivatorUtilities.CreateInstance<DpsRegistrations>(all, options.AssignDelay));
        services.AddSingleton(
            all => ActivatorUtilities.CreateInstance<DpsService>(all, all.GetRequiredService<ServiceAddresses>().IdScope));
        services.AddSingleton<IMqttService>(all => Wrap<DpsService>(all, FaultService.Dps, name => DpsUserName.TryParse(name, out _)));
    }

    /// <summary>A service with the faults that the rules ask for.</summary>
    private static FaultyService Wrap<T>(IServiceProvider all, FaultService service, Predicate<string?> serves)
        where T : class, IMqttService =>
        new(all.GetRequiredService<T>(), ActivatorUtilities.CreateInstance<FaultInjection>(all, service), serves);

    private static void AddHttp(IServiceCollection services)
    {
        services.AddSingleton<ServiceHosts>();
        AddHubApi(services);
        services.AddSingleton<ProvisioningErrors>();
        services.AddSingleton<EnrollmentApi>();
        services.AddSingleton<RegistrationApi>();
        services.AddSingleton<DeviceRegistrationApi>();
        services.AddSingleton<CertificateApi>();
        services.AddSingleton<SearchApi>();
        services.AddSingleton<DerivedKeyApi>();
        services.AddSingleton<TelemetryApi>();
        services.AddSingleton<InfoApi>();
        services.AddSingleton<FaultApi>();
    }

    private static void AddHubApi(IServiceCollection services)
    {
        services.AddSingleton<HubRequests>();
        services.AddSingleton<HubDeviceApi>();
        services.AddSingleton<HubBulkApi>();
        services.AddSingleton<HubTwinApi>();
        services.AddSingleton<HubMethodApi>();
        services.AddSingleton<HubMessageApi>();
        services.AddSingleton<HubQueryApi>();
        services.AddSingleton<HubApi>();
    }
}
