using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using DevKit.DpsEmulator.Host;
using MQTTnet;
using MQTTnet.Channel;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>A device that speaks through MQTTnet: a codec that shares nothing with the emulator's.</summary>
internal sealed class MqttNetDevice : IDisposable
{
    /// <summary>Bounds a test that would otherwise hang; nothing is measured with it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Connector _connector = new();
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<MqttApplicationMessage> _received = Channel.CreateUnbounded<MqttApplicationMessage>();

    private MqttNetDevice() => _client.ApplicationMessageReceivedAsync += received =>
    {
        _received.Writer.TryWrite(received.ApplicationMessage);
        return Task.CompletedTask;
    };

    /// <summary>Closes the connection, without a DISCONNECT.</summary>
    public void Dispose()
    {
        _client.Dispose();
        _connector.Socket.Dispose();
    }

    /// <summary>Connects as a device does; the server is verified against the emulator's CA.</summary>
    /// <param name="cloud">The emulator.</param>
    /// <param name="clientId">The device ID, or the registration ID.</param>
    /// <param name="userName">What tells DPS from the hub.</param>
    /// <param name="certificate">The device's certificate, or null with a token.</param>
    /// <param name="token">A SAS token, or null with a certificate.</param>
    /// <param name="willTopic">Where the will goes, or null for none.</param>
    internal static async Task<MqttNetDevice> ConnectAsync(
        Cloud cloud,
        string clientId,
        string userName,
        DeviceCertificate? certificate,
        string? token = null,
        string? willTopic = null)
    {
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPem(cloud.Host.CaCertificatePem);
        var device = new MqttNetDevice();
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithEndPoint(cloud.Host.MqttEndPoint)
            .WithStreamProvider(device._connector)
            .WithTlsOptions(tls => tls
                .WithTargetHost(EmulatorOptions.GlobalEndpoint)
                .WithTrustChain(trusted)
                .WithRevocationMode(X509RevocationMode.NoCheck)
                .WithClientCertificates(certificate is null ? [] : [certificate.Certificate]))
            .WithClientId(clientId)
            .WithCredentials(userName, token);
        if (willTopic is not null)
        {
            options = options.WithWillTopic(willTopic).WithWillPayload("gone");
        }

        using var limit = new CancellationTokenSource(Limit);
        MqttClientConnectResult result = await device._client.ConnectAsync(options.Build(), limit.Token);
        Assert.AreEqual(MqttClientConnectResultCode.Success, result.ResultCode, cloud.Log);
        return device;
    }

    internal async Task SubscribeAsync(string filter, MqttQualityOfServiceLevel qualityOfService = MqttQualityOfServiceLevel.AtLeastOnce)
    {
        using var limit = new CancellationTokenSource(Limit);
        MqttClientSubscribeResult result = await _client.SubscribeAsync(filter, qualityOfService, limit.Token);
        Assert.AreEqual((MqttClientSubscribeResultCode)qualityOfService, result.Items.Single().ResultCode);
    }

    internal async Task PublishAsync(
        string topic, string payload, MqttQualityOfServiceLevel qualityOfService = MqttQualityOfServiceLevel.AtLeastOnce)
    {
        using var limit = new CancellationTokenSource(Limit);
        await _client.PublishStringAsync(topic, payload, qualityOfService, cancellationToken: limit.Token);
    }

    /// <summary>The next message that the emulator sent.</summary>
    internal async Task<(string Topic, string Payload)> ReceiveAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        MqttApplicationMessage message = await _received.Reader.ReadAsync(limit.Token);
        return (message.Topic, message.ConvertPayloadToString() ?? "");
    }

    /// <summary>Sends DISCONNECT and closes.</summary>
    internal Task DisconnectAsync() => _client.DisconnectAsync();

    /// <summary>Resets the connection, as a device that loses its power and comes back does.</summary>
    internal void Reset()
    {
        _connector.Socket.LingerState = new LingerOption(true, 0);
        _connector.Socket.Dispose();
    }

    /// <summary>Opens the socket below MQTTnet's TLS, so that a test can reset it.</summary>
    private sealed class Connector : IMqttClientStreamProvider
    {
        internal Socket Socket { get; } = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
        {
            await Socket.ConnectAsync(brokerEndPoint, cancellationToken);
            return new NetworkStream(Socket);
        }
    }
}
