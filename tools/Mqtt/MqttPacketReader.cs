using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace DevKit.Mqtt;

/// <summary>
/// Reads MQTT 3.1.1 packets off a stream of bytes, however it is cut into pieces. What the standard forbids is refused
/// as soon as it can be seen: a wrong first byte before the length has arrived, an oversized packet before its body has.
/// </summary>
public sealed class MqttPacketReader
{
    /// <summary>The largest packet taken unless told otherwise, bytes: an IoT Hub takes messages of up to 256 KiB.</summary>
    public const int DefaultMaximumPacketSize = 300 * 1024;

    private readonly int _maximumPacketSize;

    /// <summary>A reader.</summary>
    /// <param name="maximumPacketSize">The largest packet taken, fixed header included, in bytes (2 to 268,435,460).</param>
    /// <exception cref="ArgumentOutOfRangeException">No packet is smaller than 2 bytes or larger than 268,435,460.</exception>
    public MqttPacketReader(int maximumPacketSize = DefaultMaximumPacketSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPacketSize, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumPacketSize, MqttRules.LargestRemainingLength + 5);
        _maximumPacketSize = maximumPacketSize;
    }

    /// <summary>Reads one packet off the front, if a whole one is there.</summary>
    /// <param name="buffer">The bytes received so far; the packet's bytes are cut off its front.</param>
    /// <param name="packet">The packet, or null when more bytes are needed.</param>
    /// <returns>Whether there was a whole packet.</returns>
    /// <exception cref="MqttProtocolException">The bytes are no packet of MQTT 3.1.1.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, [NotNullWhen(true)] out MqttPacket? packet)
    {
        packet = null;
        var bytes = new SequenceReader<byte>(buffer);
        if (!bytes.TryRead(out byte first))
        {
            return false;
        }

        MqttPacketType type = MqttRules.CheckFirstByte(first);
        if (!TryReadRemainingLength(ref bytes, out int remaining))
        {
            return false;
        }

        if (bytes.Consumed + remaining > _maximumPacketSize)
        {
            throw new MqttProtocolException(
                $"{MqttRules.Name(type)} of {bytes.Consumed + remaining} bytes: at most {_maximumPacketSize} are taken.");
        }

        if (bytes.Remaining < remaining)
        {
            return false;
        }

        ReadOnlySequence<byte> body = buffer.Slice(bytes.Position, remaining);
        packet = Decode(type, first & 0x0F, body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        buffer = buffer.Slice(body.End);
        return true;
    }

    private static bool TryReadRemainingLength(ref SequenceReader<byte> bytes, out int length)
    {
        length = 0;
        for (int shift = 0; shift < 28; shift += 7)
        {
            if (!bytes.TryRead(out byte digit))
            {
                return false;
            }

            length |= (digit & 0x7F) << shift;
            if ((digit & 0x80) == 0)
            {
                return true;
            }
        }

        throw new MqttProtocolException("The remaining length takes more than four bytes (MQTT 3.1.1, 2.2.3; MQTT-4.8.0-1).");
    }

    private static MqttPacket Decode(MqttPacketType type, int flags, ReadOnlySpan<byte> body)
    {
        var fields = new MqttFieldReader(type, body);
        MqttPacket packet = type switch
        {
            MqttPacketType.Connect => ReadConnect(ref fields),
            MqttPacketType.Connack => ReadConnack(ref fields),
            MqttPacketType.Publish => ReadPublish(ref fields, flags),
            MqttPacketType.Puback => new PubackPacket { PacketId = fields.ReadPacketId() },
            MqttPacketType.Pubrec => new PubrecPacket { PacketId = fields.ReadPacketId() },
            MqttPacketType.Pubrel => new PubrelPacket { PacketId = fields.ReadPacketId() },
            MqttPacketType.Pubcomp => new PubcompPacket { PacketId = fields.ReadPacketId() },
            MqttPacketType.Subscribe => ReadSubscribe(ref fields),
            MqttPacketType.Suback => ReadSuback(ref fields),
            MqttPacketType.Unsubscribe => ReadUnsubscribe(ref fields),
            MqttPacketType.Unsuback => new UnsubackPacket { PacketId = fields.ReadPacketId() },
            MqttPacketType.Pingreq => new PingreqPacket(),
            MqttPacketType.Pingresp => new PingrespPacket(),
            _ => new DisconnectPacket(),
        };
        fields.ExpectEnd();
        return packet;
    }

    private static ConnectPacket ReadConnect(ref MqttFieldReader fields)
    {
        string protocol = fields.ReadText("protocol name");
        if (protocol != "MQTT")
        {
            throw new MqttProtocolException($"CONNECT names the protocol '{protocol}', not 'MQTT' (MQTT-3.1.2-1).");
        }

        byte level = fields.ReadByte("protocol level");
        if (level != 4)
        {
            throw new MqttProtocolException(
                $"CONNECT asks for protocol level {level}; 4, MQTT 3.1.1, is what is spoken here (MQTT-3.1.2-2).",
                MqttConnectReturnCode.UnacceptableProtocolVersion);
        }

        int flags = fields.ReadByte("connect flags");
        MqttRules.CheckConnectFlags(flags);
        bool cleanSession = (flags & 0x02) != 0;
        ushort keepAlive = fields.ReadUInt16("keep alive");
        string clientId = fields.ReadText("client identifier");
        if (clientId.Length == 0 && !cleanSession)
        {
            throw new MqttProtocolException(
                "CONNECT has an empty client identifier and wants its session kept (MQTT-3.1.3-8).",
                MqttConnectReturnCode.IdentifierRejected);
        }

        return new ConnectPacket
        {
            ClientId = clientId,
            CleanSession = cleanSession,
            KeepAliveSeconds = keepAlive,
            Will = (flags & 0x04) != 0 ? ReadWill(ref fields, flags) : null,
            UserName = (flags & 0x80) != 0 ? fields.ReadText("user name") : null,
            Password = (flags & 0x40) != 0 ? fields.ReadBinary("password") : default(ReadOnlyMemory<byte>?),
        };
    }

    private static MqttWill ReadWill(ref MqttFieldReader fields, int flags)
    {
        string topic = fields.ReadText("will topic");
        MqttRules.CheckTopicName(topic);
        return new MqttWill
        {
            Topic = topic,
            Message = fields.ReadBinary("will message"),
            QualityOfService = (MqttQualityOfService)((flags >> 3) & 3),
            Retain = (flags & 0x20) != 0,
        };
    }

    private static ConnackPacket ReadConnack(ref MqttFieldReader fields)
    {
        byte flags = fields.ReadByte("acknowledge flags");
        var code = (MqttConnectReturnCode)fields.ReadByte("return code");
        if (flags > 1)
        {
            throw new MqttProtocolException($"CONNACK has acknowledge flags {flags} (MQTT 3.1.1, 3.2.2.1; MQTT-4.8.0-1).");
        }

        bool sessionPresent = flags == 1;
        MqttRules.CheckConnack(sessionPresent, code);
        return new ConnackPacket { SessionPresent = sessionPresent, ReturnCode = code };
    }

    private static PublishPacket ReadPublish(ref MqttFieldReader fields, int flags)
    {
        string topic = fields.ReadText("topic name");
        MqttRules.CheckTopicName(topic);
        var qualityOfService = (MqttQualityOfService)((flags >> 1) & 3);
        return new PublishPacket
        {
            Topic = topic,
            QualityOfService = qualityOfService,
            Retain = (flags & 1) != 0,
            Duplicate = (flags & 8) != 0,
            PacketId = qualityOfService == MqttQualityOfService.AtMostOnce ? (ushort)0 : fields.ReadPacketId(),
            Payload = fields.ReadRest(),
        };
    }

    private static SubscribePacket ReadSubscribe(ref MqttFieldReader fields)
    {
        ushort packetId = fields.ReadPacketId();
        var subscriptions = new List<MqttSubscription>();
        while (!fields.AtEnd)
        {
            string filter = fields.ReadText("topic filter");
            MqttRules.CheckTopicFilter(filter);
            byte wanted = fields.ReadByte("requested QoS");
            MqttRules.CheckQualityOfService(wanted, "SUBSCRIBE", "MQTT-3-8.3-4");
            subscriptions.Add(new MqttSubscription(filter, (MqttQualityOfService)wanted));
        }

        MqttRules.CheckCount(subscriptions.Count, MqttPacketType.Subscribe, "MQTT-3.8.3-3");
        return new SubscribePacket { PacketId = packetId, Subscriptions = subscriptions };
    }

    private static SubackPacket ReadSuback(ref MqttFieldReader fields)
    {
        ushort packetId = fields.ReadPacketId();
        var codes = new List<MqttSubscribeReturnCode>();
        while (!fields.AtEnd)
        {
            var code = (MqttSubscribeReturnCode)fields.ReadByte("return code");
            MqttRules.CheckSubscribeReturnCode(code);
            codes.Add(code);
        }

        MqttRules.CheckCount(codes.Count, MqttPacketType.Suback, "MQTT-3.9.3-1");
        return new SubackPacket { PacketId = packetId, ReturnCodes = codes };
    }

    private static UnsubscribePacket ReadUnsubscribe(ref MqttFieldReader fields)
    {
        ushort packetId = fields.ReadPacketId();
        var filters = new List<string>();
        while (!fields.AtEnd)
        {
            string filter = fields.ReadText("topic filter");
            MqttRules.CheckTopicFilter(filter);
            filters.Add(filter);
        }

        MqttRules.CheckCount(filters.Count, MqttPacketType.Unsubscribe, "MQTT-3.10.3-2");
        return new UnsubscribePacket { PacketId = packetId, Filters = filters };
    }
}

/// <summary>Reads the fields of one packet, from front to back (MQTT 3.1.1, 1.5).</summary>
internal ref struct MqttFieldReader
{
    private readonly MqttPacketType _type;
    private ReadOnlySpan<byte> _rest;

    internal MqttFieldReader(MqttPacketType type, ReadOnlySpan<byte> bytes)
    {
        _type = type;
        _rest = bytes;
    }

    internal readonly bool AtEnd => _rest.IsEmpty;

    internal byte ReadByte(string field) => Read(1, field)[0];

    internal ushort ReadUInt16(string field) => BinaryPrimitives.ReadUInt16BigEndian(Read(2, field));

    internal ushort ReadPacketId()
    {
        ushort packetId = ReadUInt16("packet identifier");
        MqttRules.CheckPacketId(packetId, _type);
        return packetId;
    }

    internal string ReadText(string field) => MqttRules.DecodeText(ReadSized(field), $"{MqttRules.Name(_type)}: {field}");

    internal byte[] ReadBinary(string field) => ReadSized(field).ToArray();

    internal byte[] ReadRest()
    {
        byte[] rest = _rest.ToArray();
        _rest = default;
        return rest;
    }

    internal readonly void ExpectEnd()
    {
        if (!_rest.IsEmpty)
        {
            throw new MqttProtocolException($"{MqttRules.Name(_type)} has {_rest.Length} bytes behind its last field (MQTT-4.8.0-1).");
        }
    }

    private ReadOnlySpan<byte> ReadSized(string field) => Read(ReadUInt16(field), field);

    private ReadOnlySpan<byte> Read(int count, string field)
    {
        if (_rest.Length < count)
        {
            throw new MqttProtocolException(
                $"{MqttRules.Name(_type)} ends in its field '{field}' (MQTT-4.8.0-1): {count} bytes are needed, {_rest.Length} are left.");
        }

        ReadOnlySpan<byte> bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }
}
