using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DevKit.DpsEmulator.Host;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>A device that speaks packet by packet, so that a test can do what no client library does.</summary>
internal sealed partial class TestDevice : IAsyncDisposable
{
    internal const string DpsAnswers = "$dps/registrations/res/#";

    /// <summary>Bounds a test that would otherwise hang; nothing is measured with it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Stream _stream;
    private readonly MqttChannel _channel;
    private readonly Cloud _cloud;
    private int _lastRequest;

    internal TestDevice(Cloud cloud, Stream stream)
    {
        _cloud = cloud;
        _stream = stream;
        _channel = new MqttChannel(stream);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _stream.DisposeAsync();
    }

    /// <summary>Opens a TLS connection; the server is verified against the emulator's CA.</summary>
    internal static async Task<TestDevice> OpenAsync(
        Cloud cloud, DeviceCertificate? certificate, SslProtocols protocol = SslProtocols.Tls12)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(cloud.Host.MqttEndPoint);
        var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = EmulatorOptions.GlobalEndpoint,
            EnabledSslProtocols = protocol,
            CertificateChainPolicy = cloud.CreateTrust(),
            ClientCertificateContext = certificate is null
                ? null
                : SslStreamCertificateContext.Create(certificate.Certificate, certificate.Chain, offline: true),
        });
        return new TestDevice(cloud, stream);
    }

    /// <summary>A connection to the hub, accepted.</summary>
    internal static async Task<TestDevice> ConnectHubAsync(
        Cloud cloud, DeviceCertificate certificate, string id, ushort keepAlive = 0, MqttWill? will = null)
    {
        TestDevice device = await OpenAsync(cloud, certificate);
        Assert.AreEqual(
            MqttConnectReturnCode.Accepted, await device.ConnectAsync(id, device.HubUserName(id), null, keepAlive, will), cloud.Log);
        return device;
    }

    /// <summary>A CONNECT on a connection of its own, and the answer to it.</summary>
    internal static async Task<MqttConnectReturnCode> TryConnectAsync(
        Cloud cloud, DeviceCertificate? certificate, string clientId, string? userName)
    {
        await using TestDevice device = await OpenAsync(cloud, certificate);
        return await device.ConnectAsync(clientId, userName);
    }

    internal async Task SendAsync(MqttPacket packet)
    {
        using var limit = new CancellationTokenSource(Limit);
        await _channel.WriteAsync(packet, limit.Token);
    }

    internal async Task SendBytesAsync(params byte[] bytes)
    {
        await _stream.WriteAsync(bytes);
        await _stream.FlushAsync();
    }

    internal async Task<T> ReceiveAsync<T>()
        where T : MqttPacket
    {
        using var limit = new CancellationTokenSource(Limit);
        MqttPacket? packet = await _channel.ReadAsync(limit.Token);
        Assert.IsInstanceOfType<T>(packet, packet is PublishPacket publish ? publish.Topic : "");
        return (T)packet;
    }

    /// <summary>Waits until the server has closed the connection.</summary>
    internal async Task ExpectCloseAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            Assert.IsNull(await _channel.ReadAsync(limit.Token));
        }
        catch (IOException)
        {
            // Broken off instead of ended: closed as well.
        }
    }

    /// <summary>A DPS CONNECT as the emulator wants it, but for what the test changes.</summary>
    internal Task<MqttConnectReturnCode> ConnectDpsAsync(
        string registrationId,
        string? idScope = null,
        string? clientId = null,
        string? password = null,
        string apiVersion = "2019-03-31") =>
        ConnectAsync(
            clientId ?? registrationId,
            $"{idScope ?? _cloud.Host.IdScope}/registrations/{registrationId}/api-version={apiVersion}&ClientVersion=test",
            password);

    /// <summary>A CONNECT to the hub, or one of the hubs, with a SAS token, or another password, or with none.</summary>
    internal Task<MqttConnectReturnCode> ConnectHubAsync(string id, string? password, string? hub = null) =>
        ConnectAsync(id, HubUserName(id, hub), password);

    internal async Task<MqttConnectReturnCode> ConnectAsync(
        string clientId, string? userName, string? password = null, ushort keepAlive = 0, MqttWill? will = null) =>
        (await ConnectAsync(cleanSession: true, clientId, userName, password, keepAlive, will)).ReturnCode;

    internal async Task<ConnackPacket> ConnectAsync(
        bool cleanSession, string clientId, string? userName, string? password = null, ushort keepAlive = 0, MqttWill? will = null)
    {
        await SendAsync(new ConnectPacket
        {
            ClientId = clientId,
            CleanSession = cleanSession,
            UserName = userName,
            Password = password is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(password),
            KeepAliveSeconds = keepAlive,
            Will = will,
        });
        return await ReceiveAsync<ConnackPacket>();
    }

    internal async Task<MqttSubscribeReturnCode> SubscribeAsync(
        string filter, MqttQualityOfService qualityOfService = MqttQualityOfService.AtLeastOnce)
    {
        await SendAsync(new SubscribePacket { PacketId = 1, Subscriptions = [new(filter, qualityOfService)] });
        return (await ReceiveAsync<SubackPacket>()).ReturnCodes.Single();
    }

    internal async Task PublishAsync(
        string topic, string payload, MqttQualityOfService qualityOfService = MqttQualityOfService.AtLeastOnce, bool retain = false)
    {
        ushort packetId = qualityOfService == MqttQualityOfService.AtMostOnce ? (ushort)0 : (ushort)7;
        await SendAsync(new PublishPacket
        {
            Topic = topic,
            Payload = Encoding.UTF8.GetBytes(payload),
            QualityOfService = qualityOfService,
            PacketId = packetId,
            Retain = retain,
        });
        if (packetId != 0)
        {
            Assert.AreEqual(packetId, (await ReceiveAsync<PubackPacket>()).PacketId);
        }
    }

    /// <summary>Connects, subscribes, and registers to the end.</summary>
    internal async Task<DpsReply> RegisterAsync(
        string registrationId, string? password = null, string apiVersion = "2019-03-31", string? csr = null)
    {
        Assert.AreEqual(
            MqttConnectReturnCode.Accepted,
            await ConnectDpsAsync(registrationId, password: password, apiVersion: apiVersion),
            _cloud.Log);
        Assert.AreEqual(MqttSubscribeReturnCode.GrantedAtLeastOnce, await SubscribeAsync(DpsAnswers));
        DpsReply reply = await BeginRegistrationAsync(registrationId, csr);
        return reply.Status == 202 ? await GetStatusAsync((string)reply.Body["operationId"]!) : reply;
    }

    internal Task<DpsReply> BeginRegistrationAsync(string registrationId, string? csr = null)
    {
        var body = new JsonObject { ["registrationId"] = registrationId };
        if (csr is not null)
        {
            body["csr"] = csr;
        }

        return RequestAsync("PUT/iotdps-register/?$rid={0}", body.ToJsonString());
    }

    internal Task<DpsReply> GetStatusAsync(string operationId) =>
        RequestAsync("GET/iotdps-get-operationstatus/?$rid={0}&operationId=" + operationId, " ");

    /// <summary>One request to DPS, and its answer, which repeats the request's number.</summary>
    internal async Task<DpsReply> RequestAsync(string topic, string body)
    {
        string requestId = (++_lastRequest).ToString(CultureInfo.InvariantCulture);
        await SendAsync(new PublishPacket
        {
            Topic = "$dps/registrations/" + string.Format(CultureInfo.InvariantCulture, topic, requestId),
            Payload = Encoding.UTF8.GetBytes(body),
        });
        PublishPacket answer = await ReceiveAsync<PublishPacket>();
        if (answer.PacketId != 0)
        {
            await SendAsync(new PubackPacket { PacketId = answer.PacketId });
        }

        Match match = DpsAnswerTopic().Match(answer.Topic);
        Assert.IsTrue(match.Success, answer.Topic);
        Assert.AreEqual(requestId, match.Groups["rid"].Value);
        int? retryAfter = match.Groups["after"].Success ? int.Parse(match.Groups["after"].Value, CultureInfo.InvariantCulture) : null;
        return new DpsReply(
            int.Parse(match.Groups["status"].Value, CultureInfo.InvariantCulture), retryAfter, JsonNode.Parse(answer.Payload.Span)!);
    }

    private string HubUserName(string id, string? hub = null) => $"{hub ?? _cloud.Host.HubName}/{id}/?api-version=2021-04-12";

    [GeneratedRegex(@"^\$dps/registrations/res/(?<status>\d{3})/\?\$rid=(?<rid>[^&]+)(&retry-after=(?<after>\d+))?$")]
    private static partial Regex DpsAnswerTopic();
}
