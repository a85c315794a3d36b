using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Certificates;
using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Http;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Mqtt;
using DevKit.DpsEmulator.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DevKit.DpsEmulator.Host;

/// <summary>A running emulator: MQTT over TLS for DPS and hub, HTTP for the page and the REST API.</summary>
public sealed class EmulatorHost : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    private readonly Stack<IDisposable> _resources = new();
    private WebApplication? _application;

    private EmulatorHost()
    {
    }

    /// <summary>Where the page and the REST API are.</summary>
    public Uri HttpAddress { get; private set; } = new("about:blank");

    /// <summary>Where MQTT over TLS is.</summary>
    public IPEndPoint MqttEndPoint { get; private set; } = new(IPAddress.None, 0);

    /// <summary>The ID scope that devices must name.</summary>
    public string IdScope { get; private set; } = "";

    /// <summary>The CA certificate that devices must trust, PEM.</summary>
    public string CaCertificatePem { get; private set; } = "";

    /// <summary>The hub's DNS name.</summary>
    public string HubName { get; private set; } = "";

    /// <summary>The emulator's version.</summary>
    internal static string Version { get; } = typeof(EmulatorHost).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Starts an emulator.</summary>
    /// <param name="options">How it is to run.</param>
    /// <param name="cancellationToken">Breaks the start off.</param>
    /// <exception cref="EmulatorException">It cannot start; the message says what to do.</exception>
    public static async Task<EmulatorHost> StartAsync(EmulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var host = new EmulatorHost();
        try
        {
            await host.OpenAsync(options, cancellationToken);
            return host;
        }
        catch (DataFolderException error)
        {
            await host.DisposeAsync();
            throw new EmulatorException(error.Message, error);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the emulator: connections are closed, the database is written.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_application is { } application)
        {
            _application = null;
            await application.StopAsync();
            await application.DisposeAsync();
        }

        while (_resources.TryPop(out IDisposable? resource))
        {
            resource.Dispose();
        }
    }

    private async Task OpenAsync(EmulatorOptions options, CancellationToken cancellationToken)
    {
        DateTimeOffset now = options.Clock.GetUtcNow();
        DataFolder folder = Own(DataFolder.Open(options.DataFolder));
        CertificateAuthority authority = Own(CertificateAuthority.Open(folder, now));
        IReadOnlyList<string> names = Endpoints.GetServerNames(options.Mqtt.Address, options.HubName);
        X509Certificate2 server = Own(ServerCertificate.Open(folder, authority, names, now));
        Database database = Own(Database.Open(folder));
        IdScope = options.IdScope ?? folder.IdScope();
        HubName = options.HubName;
        CaCertificatePem = authority.Certificate.ExportCertificatePem() + "\n";

        ListenOptions? mqtt = null;
        ListenOptions? http = null;
        WebApplicationBuilder builder = CreateBuilder(options.Clock);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 256 * 1024;
            kestrel.Listen(options.Http, listen => http = listen);
            kestrel.Listen(options.Mqtt, listen => mqtt = ServeMqtt(listen, server));
        });
        AddServices(builder.Services, options, database);
        _application = builder.Build();
        MapHttp(_application, () => Info(authority, names));
        await StartAsync(_application, options, cancellationToken);
        MqttEndPoint = mqtt!.IPEndPoint!;
        HttpAddress = new UriBuilder(Uri.UriSchemeHttp, GetClientAddress(http!.IPEndPoint!.Address), http.IPEndPoint.Port).Uri;
    }

    private T Own<T>(T resource)
        where T : IDisposable
    {
        _resources.Push(resource);
        return resource;
    }

    /// <summary>
    /// An empty builder: nothing of this machine's environment or working folder has a say, and Ctrl+C stays the program's.
    /// </summary>
    private static WebApplicationBuilder CreateBuilder(TimeProvider clock)
    {
        WebApplicationBuilder builder =
            WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.AddSingleton(clock);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        return builder;
    }

    private void AddServices(IServiceCollection services, EmulatorOptions options, Database database)
    {
        services.AddSingleton(database);
        services.AddSingleton(new EventLog(options.Log, options.Clock));
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<EnrollmentStore>();
        services.AddSingleton<DeviceStore>();
        services.AddSingleton<TelemetryStore>();
        services.AddSingleton<CloudMessageStore>();
        services.AddSingleton<TwinStore>();
        services.AddSingleton<DeviceConnections>();
        services.AddSingleton(all => ActivatorUtilities.CreateInstance<DpsRegistrations>(all, HubName, options.AssignDelay));
        services.AddSingleton(all => ActivatorUtilities.CreateInstance<DpsService>(all, IdScope));
        services.AddSingleton(all => ActivatorUtilities.CreateInstance<HubService>(all, HubName));
        services.AddSingleton<IMqttService>(all => all.GetRequiredService<DpsService>());
        services.AddSingleton<IMqttService>(all => all.GetRequiredService<HubService>());
        services.AddSingleton<MqttEndpoint>();
        services.AddSingleton<EnrollmentApi>();
        services.AddSingleton<DeviceApi>();
    }

    /// <summary>Any client certificate is taken in the handshake: which one is right is DPS's and the hub's matter.</summary>
    private static ListenOptions ServeMqtt(ListenOptions listen, X509Certificate2 server)
    {
        var tls = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(server, null, offline: true),
            ClientCertificateRequired = true,
#pragma warning disable CA5359 // A device's certificate is compared with the enrolled one, byte by byte, when it connects.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = new X509ChainPolicy
            {
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,

            // A resumed session would not show the certificate again.
            AllowTlsResume = false,
        };
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls) });
        listen.UseConnectionHandler<MqttEndpoint>();
        return listen;
    }

    private void MapHttp(WebApplication application, Func<InfoView> info)
    {
        application.Use(RequestGuard.Invoke);
        application.Use(HttpErrors.Invoke);
        application.UseRouting();
        application.MapGet("/api/info", () => Results.Ok(info()));
        application.MapGet("/ca.pem", () => Results.Text(CaCertificatePem, "application/x-pem-file"));
        application.Services.GetRequiredService<EnrollmentApi>().Map(application);
        application.Services.GetRequiredService<DeviceApi>().Map(application);
        ChangeEvents.Map(application, application.Services.GetRequiredService<ChangeFeed>());
        PageFiles.Map(application);
    }

    private InfoView Info(CertificateAuthority authority, IReadOnlyList<string> names) =>
        new(
            Version,
            IdScope,
            EmulatorOptions.GlobalEndpoint,
            HubName,
            MqttEndPoint.ToString(),
            authority.Certificate.GetCertHashString(HashAlgorithmName.SHA256),
            names);

    private static async Task StartAsync(WebApplication application, EmulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            string? problem = Endpoints.FindProblem(options.Mqtt, "--mqtt") ?? Endpoints.FindProblem(options.Http, "--http");
            throw new EmulatorException(problem ?? error.Message, error);
        }
    }

    private static string GetClientAddress(IPAddress address) => address switch
    {
        _ when address.Equals(IPAddress.Any) => "127.0.0.1",
        _ when address.Equals(IPAddress.IPv6Any) => "[::1]",
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => $"[{address}]",
        _ => address.ToString(),
    };

    /// <summary>Leaves signals alone: the process belongs to whoever hosts the emulator.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
