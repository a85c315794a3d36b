using System.Net;
using System.Net.Sockets;
using DevKit.Support.Peers;

namespace DevKit.Mqtt.Tests.Peers;

/// <summary>One end of a connection, which says what the test tells it, over our codec.</summary>
internal sealed class MqttConnection : IDisposable
{
    private readonly CancellationTokenSource _limit = new(Programs.Patience);
    private readonly TcpClient _socket;
    private readonly MqttChannel _channel;

    internal MqttConnection(TcpClient socket)
    {
        _socket = socket;
        _channel = new MqttChannel(socket.GetStream(), PacketSamples.LargestPacket);
    }

    /// <summary>Connects to a port of the loopback address.</summary>
    internal static async Task<MqttConnection> ConnectAsync(int port)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new MqttConnection(socket);
    }

    /// <summary>Sends CONNECT and expects to be let in.</summary>
    internal async Task OpenSessionAsync(ConnectPacket? packet = null)
    {
        ConnackPacket answer = await AskAsync<ConnackPacket>(packet ?? new ConnectPacket { ClientId = "" });
        Assert.AreEqual(MqttConnectReturnCode.Accepted, answer.ReturnCode);
    }

    /// <summary>Publishes a message and sees the exchange of its QoS through.</summary>
    internal async Task PublishAsync(PublishPacket packet)
    {
        switch (packet.QualityOfService)
        {
            case MqttQualityOfService.AtMostOnce:
                await SendAsync(packet);
                break;
            case MqttQualityOfService.AtLeastOnce:
                Assert.AreEqual(packet.PacketId, (await AskAsync<PubackPacket>(packet)).PacketId);
                break;
            case MqttQualityOfService.ExactlyOnce:
                Assert.AreEqual(packet.PacketId, (await AskAsync<PubrecPacket>(packet)).PacketId);
                Assert.AreEqual(packet.PacketId, (await AskAsync<PubcompPacket>(new PubrelPacket { PacketId = packet.PacketId })).PacketId);
                break;
        }
    }

    /// <summary>Receives a message and sees the exchange of its QoS through.</summary>
    internal async Task<PublishPacket> ReceiveMessageAsync()
    {
        PublishPacket packet = await ReceiveAsync<PublishPacket>();
        switch (packet.QualityOfService)
        {
            case MqttQualityOfService.AtLeastOnce:
                await SendAsync(new PubackPacket { PacketId = packet.PacketId });
                break;
            case MqttQualityOfService.ExactlyOnce:
                PubrelPacket released = await AskAsync<PubrelPacket>(new PubrecPacket { PacketId = packet.PacketId });
                Assert.AreEqual(packet.PacketId, released.PacketId);
                await SendAsync(new PubcompPacket { PacketId = packet.PacketId });
                break;
        }

        return packet;
    }

    internal async Task<T> AskAsync<T>(MqttPacket packet)
        where T : MqttPacket
    {
        await SendAsync(packet);
        return await ReceiveAsync<T>();
    }

    internal async Task SendAsync(MqttPacket packet) => await _channel.WriteAsync(packet, _limit.Token);

    /// <summary>
    /// Sends bytes with a PINGREQ behind them, and says whether it is answered before the other end closes. The answers are
    /// looked at as bytes: they may be of another version of the protocol.
    /// </summary>
    internal async Task<bool> IsTakenAsync(byte[] bytes)
    {
        var answer = new MemoryStream();
        byte[] buffer = new byte[256];
        try
        {
            await _socket.GetStream().WriteAsync((byte[])[.. bytes, 0xC0, 0], _limit.Token);
            while (!answer.ToArray().AsSpan().EndsWith((ReadOnlySpan<byte>)[0xD0, 0]))
            {
                int read = await _socket.GetStream().ReadAsync(buffer, _limit.Token);
                if (read == 0)
                {
                    return false;
                }

                answer.Write(buffer, 0, read);
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    internal async Task<T> ReceiveAsync<T>()
        where T : MqttPacket
    {
        MqttPacket? packet = await ReceiveAsync();
        Assert.IsInstanceOfType<T>(packet);
        return (T)packet;
    }

    /// <summary>The next packet, or null when the other end has closed, by whatever way.</summary>
    internal async Task<MqttPacket?> ReceiveAsync()
    {
        try
        {
            return await _channel.ReadAsync(_limit.Token);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        _socket.Dispose();
        _limit.Dispose();
    }
}
