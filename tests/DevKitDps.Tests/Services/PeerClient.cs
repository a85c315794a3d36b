using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using DevKit.Support.Servers;
using MQTTnet;
using MQTTnet.Channel;
using MQTTnet.Formatter;

namespace DevKit.Dps.Tests.Services;

/// <summary>MQTTnet's client at a scripted service, over .NET's TLS: what the tests of the services know them by.</summary>
internal sealed class PeerClient(ScriptedService service) : IMqttClientStreamProvider, IDisposable
{
    private Stream? _transport;

    /// <summary>What is wrong with the service's certificate.</summary>
    internal X509ChainStatusFlags Problems { get; private set; }

    /// <summary>Whether the service's certificate names another.</summary>
    internal bool IsNameWrong { get; private set; }

    /// <summary>The client's certificate, and those that are sent with it; null for none.</summary>
    internal SslStreamCertificateContext? Certificate { get; init; }

    /// <summary>The client.</summary>
    internal IMqttClient Client { get; } = new MqttClientFactory().CreateMqttClient();

    /// <summary>Connects: TCP, TLS, MQTT.</summary>
    internal async Task<MqttClientConnectResult> ConnectAsync()
    {
        using var limit = new CancellationTokenSource(ScriptedServer.Patience);
        return await Client.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithProtocolVersion(MqttProtocolVersion.V311)
                .WithEndPoint(new DnsEndPoint(service.Host, 8883))
                .WithStreamProvider(this)
                .WithClientId("d")
                .WithCredentials("user")
                .Build(),
            limit.Token);
    }

    /// <summary>Connects without MQTT: TCP, TLS.</summary>
    internal async Task<Stream> OpenAsync()
    {
        using var limit = new CancellationTokenSource(ScriptedServer.Patience);
        _transport = service.Connect();
        var tls = new SslStream(_transport);
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(ScriptedService.Authority);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = service.Host,
                CertificateChainPolicy = policy,
                ClientCertificateContext = Certificate,
                RemoteCertificateValidationCallback = (_, _, chain, errors) =>
                {
                    IsNameWrong = errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
                    Problems = chain!.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
                    return errors == SslPolicyErrors.None;
                },
            },
            limit.Token);
        return tls;
    }

    Task<Stream> IMqttClientStreamProvider.ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken) => OpenAsync();

    public void Dispose()
    {
        Client.Dispose();
        _transport?.Dispose();
    }
}
