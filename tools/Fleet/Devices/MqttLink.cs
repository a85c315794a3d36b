using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using DevKit.Mqtt;

namespace DevKit.Fleet.Devices;

/// <summary>A device's end of one MQTT connection over TLS: it asks, and waits for the answer, one thing at a time.</summary>
internal sealed class MqttLink : IAsyncDisposable
{
    private readonly SslStream _stream;
    private readonly MqttChannel _channel;
    private ushort _lastPacketId;

    private MqttLink(SslStream stream)
    {
        _stream = stream;
        _channel = new MqttChannel(stream);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _stream.DisposeAsync();
    }

    /// <summary>Opens the TLS connection.</summary>
    /// <param name="host">Where the server is.</param>
    /// <param name="port">The port of <paramref name="host"/>.</param>
    /// <param name="name">The name that the server's certificate must have.</param>
    /// <param name="trust">What the certificate is verified by.</param>
    /// <param name="identity">The device's certificate and key.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal static async Task<MqttLink> OpenAsync(
        string host, int port, string name, X509ChainPolicy trust, SslStreamCertificateContext identity, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellation);
            var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = name,
                    CertificateChainPolicy = trust,
                    ClientCertificateContext = identity,

                    // Each handshake is a whole one.
                    AllowTlsResume = false,
                },
                cancellation);
            return new MqttLink(stream);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="DeviceFailureException">The server refuses.</exception>
    internal async Task ConnectAsync(string clientId, string userName, CancellationToken cancellation)
    {
        await _channel.WriteAsync(new ConnectPacket { ClientId = clientId, UserName = userName }, cancellation);
        ConnackPacket connack = await ReceiveAsync<ConnackPacket>(cancellation);
        if (connack.ReturnCode != MqttConnectReturnCode.Accepted)
        {
            throw new DeviceFailureException($"CONNACK {(int)connack.ReturnCode}");
        }
    }

    internal async Task SubscribeAsync(string filter, CancellationToken cancellation)
    {
        await _channel.WriteAsync(
            new SubscribePacket { PacketId = ++_lastPacketId, Subscriptions = [new(filter, MqttQualityOfService.AtMostOnce)] },
            cancellation);
        SubackPacket suback = await ReceiveAsync<SubackPacket>(cancellation);
        if (suback.ReturnCodes[0] == MqttSubscribeReturnCode.Failure)
        {
            throw new DeviceFailureException("a subscription was refused");
        }
    }

    /// <summary>Sends a message with QoS 1, and waits for its PUBACK.</summary>
    internal async Task SendAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var message = new PublishPacket
        {
            Topic = topic,
            Payload = payload,
            QualityOfService = MqttQualityOfService.AtLeastOnce,
            PacketId = ++_lastPacketId,
        };
        await _channel.WriteAsync(message, cancellation);
        PubackPacket puback = await ReceiveAsync<PubackPacket>(cancellation);
        if (puback.PacketId != message.PacketId)
        {
            throw new DeviceFailureException("PUBACK of another message");
        }
    }

    /// <summary>Sends a request with QoS 0, and waits for the message that answers it.</summary>
    internal async Task<PublishPacket> RequestAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        await _channel.WriteAsync(new PublishPacket { Topic = topic, Payload = payload }, cancellation);
        return await ReceiveAsync<PublishPacket>(cancellation);
    }

    internal async Task DisconnectAsync(CancellationToken cancellation) =>
        await _channel.WriteAsync(new DisconnectPacket(), cancellation);

    private async Task<T> ReceiveAsync<T>(CancellationToken cancellation)
        where T : MqttPacket =>
        await _channel.ReadAsync(cancellation) switch
        {
            T packet => packet,
            null => throw new DeviceFailureException("the server closed the connection"),
            { } other => throw new DeviceFailureException($"{other.Type} came instead of an answer"),
        };
}
