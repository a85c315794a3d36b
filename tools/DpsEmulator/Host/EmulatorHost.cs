using System.Net;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Certificates;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Mqtt;
using DevKit.DpsEmulator.Service;
using DevKit.DpsEmulator.Storage;
using DevKit.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DevKit.DpsEmulator.Host;

/// <summary>A running emulator: MQTT over TLS and over WebSockets for DPS and hub, HTTP for the page and the REST API.</summary>
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

    /// <summary>Where HTTPS, and MQTT over WebSockets with it, is.</summary>
    public IPEndPoint HttpsEndPoint { get; private set; } = new(IPAddress.None, 0);

    /// <summary>The ID scope that devices must name.</summary>
    public string IdScope { get; private set; } = "";

    /// <summary>The CA certificate that devices must trust, PEM.</summary>
    public string CaCertificatePem { get; private set; } = "";

    /// <summary>The DNS name of the first hub.</summary>
    public string HubName { get; private set; } = "";

    /// <summary>What the service SDKs take: the DPS's connection string, then those of the hubs. They hold keys.</summary>
    public IReadOnlyList<string> ConnectionStrings { get; private set; } = [];

    /// <summary>Everything that the HTTP ports serve.</summary>
    internal IReadOnlyList<Endpoint> Routes => _application!.Services.GetRequiredService<EndpointDataSource>().Endpoints;

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
        LocalCloud.Withdraw(folder.FullPath);
        CertificateAuthority authority = Own(CertificateAuthority.Open(folder, now));
        IReadOnlyList<string> names = Endpoints.GetServerNames(
            [options.Mqtt.Address, options.Https.Address], [options.ProvisioningHost, .. options.HubNames]);
        X509Certificate2 server = Own(ServerCertificate.Open(folder, authority, names, now));
        IssuingAuthority issuer = Own(IssuingAuthority.Open(folder, now));
        Database database = Own(Database.Open(folder));
        IdScope = options.IdScope ?? folder.IdScope(EmulatorOptions.IsIdScope);
        HubName = options.HubNames[0];
        CaCertificatePem = authority.Certificate.ExportCertificatePem() + "\n";

        var tls = new TlsListener(server);
        ListenOptions? mqtt = null;
        ListenOptions? https = null;
        ListenOptions? http = null;
        WebApplicationBuilder builder = CreateBuilder(options.Clock);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 256 * 1024;
            kestrel.Listen(options.Http, listen => http = listen);
            kestrel.Listen(options.Mqtt, listen => (mqtt = tls.Serve(listen)).UseConnectionHandler<MqttEndpoint>());
            kestrel.Listen(options.Https, listen => https = ServeHttps(listen, tls));
        });
        var addresses = new ServiceAddresses(
            options.ProvisioningHost,
            IdScope,
            new HubNames(options.HubNames),
            ServicePolicy.Open(folder, ServicePolicy.Provisioning),
            ServicePolicy.Open(folder, ServicePolicy.Hub));
        builder.Services.AddSingleton(folder).AddSingleton(authority);
        ConnectionStrings = addresses.GetConnectionStrings();
        builder.Services.AddSingleton(database).AddSingleton(issuer).AddSingleton(addresses).AddEmulator(options);
        _application = builder.Build();
        _application.Services.GetRequiredService<DeviceStore>().ForgetConnections();
        EmulatorRoutes.Map(_application, Version, () => MqttEndPoint, () => HttpsEndPoint);
        await StartAsync(_application, options, cancellationToken);
        MqttEndPoint = mqtt!.IPEndPoint!;
        HttpsEndPoint = https!.IPEndPoint!;
        HttpAddress = new Uri($"{Uri.UriSchemeHttp}://{FromThisMachine(http!.IPEndPoint!)}");
        string ca = Path.Combine(folder.FullPath, CertificateAuthority.CertificateFile);
        Own(new LocalCloud(FromThisMachine(MqttEndPoint).ToString(), HttpAddress, IdScope, ca).Announce(folder.FullPath));
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

    /// <summary>WebSockets come with HTTP/1.1, as the clients' SDKs speak it.</summary>
    private static ListenOptions ServeHttps(ListenOptions listen, TlsListener tls)
    {
        listen.Protocols = HttpProtocols.Http1;
        return tls.Serve(listen);
    }

    private static async Task StartAsync(WebApplication application, EmulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            string? problem = Endpoints.FindProblem(options.Mqtt, "--mqtt")
                ?? Endpoints.FindProblem(options.Https, "--https")
                ?? Endpoints.FindProblem(options.Http, "--http");
            throw new EmulatorException(problem ?? error.Message, error);
        }
    }

    private static IPEndPoint FromThisMachine(IPEndPoint listening) => new(
        listening.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : listening.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : listening.Address,
        listening.Port);

    /// <summary>Leaves signals alone: the process belongs to whoever hosts the emulator.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
