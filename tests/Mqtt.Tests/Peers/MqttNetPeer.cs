using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Channel;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace DevKit.Mqtt.Tests.Peers;

/// <summary>MQTTnet's reader and writer of MQTT 3.1.1, fixed header included.</summary>
internal sealed class MqttNetPeer : IPeer
{
    public MqttPacket Decode(byte[] bytes)
    {
        using var channel = new MemoryChannel(bytes);
        using MqttChannelAdapter adapter = Adapter(channel);
        try
        {
            MQTTnet.Packets.MqttPacket packet = adapter.ReceivePacketAsync(CancellationToken.None).GetAwaiter().GetResult();
            return channel.Left == 0
                ? FromPeer(packet)
                : throw new PeerRefusedException($"MQTTnet leaves {channel.Left} bytes.");
        }
        catch (Exception error) when (error is not PeerRefusedException)
        {
            throw new PeerRefusedException(error.Message, error);
        }
    }

    public byte[] Encode(MqttPacket packet)
    {
        using var channel = new MemoryChannel([]);
        using MqttChannelAdapter adapter = Adapter(channel);
        adapter.SendPacketAsync(ToPeer(packet), CancellationToken.None).GetAwaiter().GetResult();
        return channel.Written;
    }

    public void Dispose()
    {
    }

    private static MqttChannelAdapter Adapter(MemoryChannel channel) => new(
        channel,
        new MqttPacketFormatterAdapter(MqttProtocolVersion.V311, new MqttBufferWriter(4096, 65_535)),
        MqttNetNullLogger.Instance);

    private static MqttPacket FromPeer(MQTTnet.Packets.MqttPacket packet) => packet switch
    {
        MqttConnectPacket p => new ConnectPacket
        {
            ClientId = p.ClientId,
            CleanSession = p.CleanSession,
            KeepAliveSeconds = p.KeepAlivePeriod,
            Will = p.WillFlag
                ? new MqttWill
                {
                    Topic = p.WillTopic,
                    Message = p.WillMessage,
                    QualityOfService = (MqttQualityOfService)p.WillQoS,
                    Retain = p.WillRetain,
                }
                : null,
            UserName = p.Username,
            Password = p.Password is null ? default(ReadOnlyMemory<byte>?) : p.Password,
        },
        MqttConnAckPacket p => new ConnackPacket { SessionPresent = p.IsSessionPresent, ReturnCode = (MqttConnectReturnCode)p.ReturnCode },
        MqttPublishPacket p => new PublishPacket
        {
            Topic = p.Topic,
            Payload = p.Payload.ToArray(),
            QualityOfService = (MqttQualityOfService)p.QualityOfServiceLevel,
            Retain = p.Retain,
            Duplicate = p.Dup,
            PacketId = p.PacketIdentifier,
        },
        MqttPubAckPacket p => new PubackPacket { PacketId = p.PacketIdentifier },
        MqttPubRecPacket p => new PubrecPacket { PacketId = p.PacketIdentifier },
        MqttPubRelPacket p => new PubrelPacket { PacketId = p.PacketIdentifier },
        MqttPubCompPacket p => new PubcompPacket { PacketId = p.PacketIdentifier },
        MqttSubscribePacket p => new SubscribePacket
        {
            PacketId = p.PacketIdentifier,
            Subscriptions = [.. p.TopicFilters.Select(f => new MqttSubscription(f.Topic, (MqttQualityOfService)f.QualityOfServiceLevel))],
        },
        MqttSubAckPacket p => new SubackPacket
        {
            PacketId = p.PacketIdentifier,
            ReturnCodes = [.. p.ReasonCodes.Select(code => (MqttSubscribeReturnCode)code)],
        },
        MqttUnsubscribePacket p => new UnsubscribePacket { PacketId = p.PacketIdentifier, Filters = [.. p.TopicFilters] },
        MqttUnsubAckPacket p => new UnsubackPacket { PacketId = p.PacketIdentifier },
        MqttPingReqPacket => new PingreqPacket(),
        MqttPingRespPacket => new PingrespPacket(),
        MqttDisconnectPacket => new DisconnectPacket(),
        _ => throw new PeerRefusedException($"MQTTnet reads a {packet?.GetType().Name ?? "packet of none"}."),
    };

    private static MQTTnet.Packets.MqttPacket ToPeer(MqttPacket packet) => packet switch
    {
        ConnectPacket p => new MqttConnectPacket
        {
            ClientId = p.ClientId,
            CleanSession = p.CleanSession,
            KeepAlivePeriod = p.KeepAliveSeconds,
            WillFlag = p.Will is not null,
            WillTopic = p.Will?.Topic,
            WillMessage = p.Will?.Message.ToArray(),
            WillQoS = (MqttQualityOfServiceLevel)(p.Will?.QualityOfService ?? 0),
            WillRetain = p.Will?.Retain ?? false,
            Username = p.UserName,
            Password = p.Password?.ToArray(),
        },
        ConnackPacket p => new MqttConnAckPacket
        {
            IsSessionPresent = p.SessionPresent,
            ReturnCode = (MQTTnet.Protocol.MqttConnectReturnCode)p.ReturnCode,
        },
        PublishPacket p => new MqttPublishPacket
        {
            Topic = p.Topic,
            Payload = new ReadOnlySequence<byte>(p.Payload),
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)p.QualityOfService,
            Retain = p.Retain,
            Dup = p.Duplicate,
            PacketIdentifier = p.PacketId,
        },
        PubackPacket p => new MqttPubAckPacket { PacketIdentifier = p.PacketId },
        PubrecPacket p => new MqttPubRecPacket { PacketIdentifier = p.PacketId },
        PubrelPacket p => new MqttPubRelPacket { PacketIdentifier = p.PacketId },
        PubcompPacket p => new MqttPubCompPacket { PacketIdentifier = p.PacketId },
        SubscribePacket p => new MqttSubscribePacket
        {
            PacketIdentifier = p.PacketId,
            TopicFilters =
            [
                .. p.Subscriptions.Select(s => new MqttTopicFilter
                {
                    Topic = s.Filter,
                    QualityOfServiceLevel = (MqttQualityOfServiceLevel)s.QualityOfService,
                }),
            ],
        },
        SubackPacket p => new MqttSubAckPacket
        {
            PacketIdentifier = p.PacketId,
            ReasonCodes = [.. p.ReturnCodes.Select(code => (MqttSubscribeReasonCode)code)],
        },
        UnsubscribePacket p => new MqttUnsubscribePacket { PacketIdentifier = p.PacketId, TopicFilters = [.. p.Filters] },
        UnsubackPacket p => new MqttUnsubAckPacket { PacketIdentifier = p.PacketId },
        PingreqPacket => new MqttPingReqPacket(),
        PingrespPacket => new MqttPingRespPacket(),
        _ => new MqttDisconnectPacket(),
    };

    /// <summary>Bytes to read, and a place to write. The end is an error: MQTTnet would ask for more for good.</summary>
    private sealed class MemoryChannel(byte[] bytes) : IMqttChannel
    {
        private readonly MemoryStream _input = new(bytes);
        private readonly MemoryStream _output = new();

        public X509Certificate2? ClientCertificate => null;

        public EndPoint? RemoteEndPoint => null;

        public EndPoint? LocalEndPoint => null;

        public bool IsSecureConnection => false;

        internal long Left => _input.Length - _input.Position;

        internal byte[] Written => _output.ToArray();

        public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DisconnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            int read = _input.Read(buffer, offset, count);
            return read > 0 || count == 0 ? Task.FromResult(read) : Task.FromException<int>(new EndOfStreamException());
        }

        public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
        {
            _output.Write(buffer.ToArray());
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            _input.Dispose();
            _output.Dispose();
        }
    }
}
