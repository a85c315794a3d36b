using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using DevKit.DpsEmulator.Host;
using DevKit.Support.Peers;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace DevKit.Peers.Tests.Rig;

/// <summary>A device that speaks through MQTTnet.</summary>
internal sealed class MqttNetClient : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<MqttApplicationMessage> _received = Channel.CreateUnbounded<MqttApplicationMessage>();

    private MqttNetClient() => _client.ApplicationMessageReceivedAsync += received =>
    {
        _received.Writer.TryWrite(received.ApplicationMessage);
        return Task.CompletedTask;
    };

    public void Dispose() => _client.Dispose();

    /// <summary>Connects, and expects to be let in.</summary>
    /// <param name="cloud">The emulator, whose CA is trusted.</param>
    /// <param name="overWebSockets">Whether MQTT goes over WebSockets.</param>
    /// <param name="clientId">The device ID, or the registration ID.</param>
    /// <param name="userName">What tells DPS from a hub.</param>
    /// <param name="proof">The device's certificate with its key, or its SAS token.</param>
    internal static async Task<MqttNetClient> ConnectAsync(
        PeerCloud cloud, bool overWebSockets, string clientId, string userName, (X509Certificate2? Certificate, string? Token) proof)
    {
        using X509Certificate2 authority = X509Certificate2.CreateFromPem(cloud.Host.CaCertificatePem);
        string address = cloud.Host.MqttEndPoint.Address.ToString();
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithTlsOptions(tls => tls
                .WithTargetHost(overWebSockets ? address : EmulatorOptions.GlobalEndpoint)
                .WithCertificateValidationHandler(seen => IsTrusted(seen.Certificate, authority))
                .WithClientCertificates(proof.Certificate is null ? [] : [proof.Certificate]))
            .WithClientId(clientId)
            .WithCredentials(userName, proof.Token);
        options = overWebSockets
            ? options.WithWebSocketServer(server => server.WithUri($"wss://{address}/$iothub/websocket"))
            : options.WithTcpServer(address, cloud.Host.MqttEndPoint.Port);

        var client = new MqttNetClient();
        using var limit = new CancellationTokenSource(Programs.Patience);
        MqttClientConnectResult result = await client._client.ConnectAsync(options.Build(), limit.Token);
        Assert.AreEqual(MqttClientConnectResultCode.Success, result.ResultCode, cloud.Log);
        return client;
    }

    internal async Task SubscribeAsync(string filter)
    {
        using var limit = new CancellationTokenSource(Programs.Patience);
        await _client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce, limit.Token);
    }

    internal async Task PublishAsync(string topic, string payload)
    {
        using var limit = new CancellationTokenSource(Programs.Patience);
        await _client.PublishStringAsync(topic, payload, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: limit.Token);
    }

    /// <summary>The next message that the emulator sent.</summary>
    internal async Task<(string Topic, string Payload)> ReceiveAsync()
    {
        using var limit = new CancellationTokenSource(Programs.Patience);
        MqttApplicationMessage message = await _received.Reader.ReadAsync(limit.Token);
        return (message.Topic, message.ConvertPayloadToString() ?? "");
    }

    internal Task DisconnectAsync() => _client.DisconnectAsync();

    private static bool IsTrusted(X509Certificate certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using X509Certificate2 server = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(server);
    }
}
