using System.Buffers;
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

    /// <summary>Takes one packet off the front, if a whole one is there.</summary>
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

        MqttPacketType type = CheckFirstByte(first);
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

    /// <summary>Type and flags (MQTT 3.1.1, tables 2.1 and 2.2; flags other than these close the connection, MQTT-2.2.2-2).</summary>
    private static MqttPacketType CheckFirstByte(byte first)
    {
        int type = first >> 4;
        int flags = first & 0x0F;
        if (type is 0 or 15)
        {
            throw new MqttProtocolException($"Packet type {type} is reserved (MQTT 3.1.1, 2.2.1).");
        }

        var packetType = (MqttPacketType)type;
        if (packetType == MqttPacketType.Publish)
        {
            MqttRules.CheckQualityOfService((flags >> 1) & 3, "PUBLISH");
            if ((flags & 0b1110) == 0b1000)
            {
                throw new MqttProtocolException("PUBLISH with QoS 0 is marked as a repetition (MQTT-3.3.1-2).");
            }
        }
        else if (flags != FixedFlags(packetType))
        {
            throw new MqttProtocolException($"{MqttRules.Name(packetType)} has flags {flags} (MQTT-2.2.2-2).");
        }

        return packetType;
    }

    private static int FixedFlags(MqttPacketType type) =>
        type is MqttPacketType.Pubrel or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe ? 2 : 0;

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

        throw new MqttProtocolException("The remaining length takes more than four bytes (MQTT 3.1.1, 2.2.3).");
    }

    private static MqttPacket Decode(MqttPacketType type, int flags, ReadOnlySpan<byte> body)
    {
        var fields = new MqttFields(type, body);
        MqttPacket packet = type switch
        {
            MqttPacketType.Connect => ReadConnect(ref fields),
            MqttPacketType.Connack => ReadConnack(ref fields),
            MqttPacketType.Publish => ReadPublish(ref fields, flags),
            MqttPacketType.Puback => new PubackPacket { PacketId = fields.TakePacketId() },
            MqttPacketType.Pubrec => new PubrecPacket { PacketId = fields.TakePacketId() },
            MqttPacketType.Pubrel => new PubrelPacket { PacketId = fields.TakePacketId() },
            MqttPacketType.Pubcomp => new PubcompPacket { PacketId = fields.TakePacketId() },
            MqttPacketType.Subscribe => ReadSubscribe(ref fields),
            MqttPacketType.Suback => ReadSuback(ref fields),
            MqttPacketType.Unsubscribe => ReadUnsubscribe(ref fields),
            MqttPacketType.Unsuback => new UnsubackPacket { PacketId = fields.TakePacketId() },
            MqttPacketType.Pingreq => new PingreqPacket(),
            MqttPacketType.Pingresp => new PingrespPacket(),
            _ => new DisconnectPacket(),
        };
        fields.ExpectEnd();
        return packet;
    }

    private static ConnectPacket ReadConnect(ref MqttFields fields)
    {
        string protocol = fields.TakeText("protocol name");
        if (protocol != "MQTT")
        {
            throw new MqttProtocolException($"CONNECT names the protocol '{protocol}', not 'MQTT' (MQTT-3.1.2-1).");
        }

        byte level = fields.TakeByte("protocol level");
        if (level != 4)
        {
            throw new MqttProtocolException(
                $"CONNECT asks for protocol level {level}; 4, MQTT 3.1.1, is what is spoken here (MQTT-3.1.2-2).",
                MqttConnectReturnCode.UnacceptableProtocolVersion);
        }

        int flags = fields.TakeByte("connect flags");
        CheckConnectFlags(flags);
        bool cleanSession = (flags & 0x02) != 0;
        ushort keepAlive = fields.TakeNumber("keep alive");
        string clientId = fields.TakeText("client identifier");
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
            UserName = (flags & 0x80) != 0 ? fields.TakeText("user name") : null,
            Password = (flags & 0x40) != 0 ? fields.TakeBinary("password") : default(ReadOnlyMemory<byte>?),
        };
    }

    private static void CheckConnectFlags(int flags)
    {
        if ((flags & 0x01) != 0)
        {
            throw new MqttProtocolException("CONNECT has its reserved flag set (MQTT-3.1.2-3).");
        }

        if ((flags & 0x04) == 0 && (flags & 0x38) != 0)
        {
            throw new MqttProtocolException("CONNECT has flags for a will and no will (MQTT-3.1.2-13, MQTT-3.1.2-15).");
        }

        MqttRules.CheckQualityOfService((flags >> 3) & 3, "CONNECT: will");
        if ((flags & 0xC0) == 0x40)
        {
            throw new MqttProtocolException("CONNECT has a password and no user name (MQTT-3.1.2-22).");
        }
    }

    private static MqttWill ReadWill(ref MqttFields fields, int flags)
    {
        string topic = fields.TakeText("will topic");
        MqttRules.CheckTopicName(topic);
        return new MqttWill
        {
            Topic = topic,
            Message = fields.TakeBinary("will message"),
            QualityOfService = (MqttQualityOfService)((flags >> 3) & 3),
            Retain = (flags & 0x20) != 0,
        };
    }

    private static ConnackPacket ReadConnack(ref MqttFields fields)
    {
        byte flags = fields.TakeByte("acknowledge flags");
        byte code = fields.TakeByte("return code");
        if (flags > 1 || code > (byte)MqttConnectReturnCode.NotAuthorized)
        {
            throw new MqttProtocolException($"CONNACK has flags {flags} and return code {code} (MQTT 3.1.1, 3.2.2).");
        }

        if (flags == 1 && code != 0)
        {
            throw new MqttProtocolException($"CONNACK refuses with code {code} and claims a session (MQTT-3.2.2-4).");
        }

        return new ConnackPacket { SessionPresent = flags == 1, ReturnCode = (MqttConnectReturnCode)code };
    }

    private static PublishPacket ReadPublish(ref MqttFields fields, int flags)
    {
        string topic = fields.TakeText("topic name");
        MqttRules.CheckTopicName(topic);
        var qualityOfService = (MqttQualityOfService)((flags >> 1) & 3);
        return new PublishPacket
        {
            Topic = topic,
            QualityOfService = qualityOfService,
            Retain = (flags & 1) != 0,
            Duplicate = (flags & 8) != 0,
            PacketId = qualityOfService == MqttQualityOfService.AtMostOnce ? (ushort)0 : fields.TakePacketId(),
            Payload = fields.TakeRest(),
        };
    }

    private static SubscribePacket ReadSubscribe(ref MqttFields fields)
    {
        ushort packetId = fields.TakePacketId();
        var subscriptions = new List<MqttSubscription>();
        do
        {
            string filter = fields.TakeText("topic filter");
            MqttRules.CheckTopicFilter(filter);
            byte wanted = fields.TakeByte("requested QoS");
            MqttRules.CheckQualityOfService(wanted, "SUBSCRIBE");
            subscriptions.Add(new MqttSubscription(filter, (MqttQualityOfService)wanted));
        }
        while (!fields.AtEnd);

        return new SubscribePacket { PacketId = packetId, Subscriptions = subscriptions };
    }

    private static SubackPacket ReadSuback(ref MqttFields fields)
    {
        ushort packetId = fields.TakePacketId();
        var codes = new List<MqttSubscribeReturnCode>();
        do
        {
            byte code = fields.TakeByte("return code");
            if (code is > 2 and not 0x80)
            {
                throw new MqttProtocolException($"SUBACK has return code 0x{code:X2} (MQTT-3.9.3-2).");
            }

            codes.Add((MqttSubscribeReturnCode)code);
        }
        while (!fields.AtEnd);

        return new SubackPacket { PacketId = packetId, ReturnCodes = codes };
    }

    private static UnsubscribePacket ReadUnsubscribe(ref MqttFields fields)
    {
        ushort packetId = fields.TakePacketId();
        var filters = new List<string>();
        do
        {
            string filter = fields.TakeText("topic filter");
            MqttRules.CheckTopicFilter(filter);
            filters.Add(filter);
        }
        while (!fields.AtEnd);

        return new UnsubscribePacket { PacketId = packetId, Filters = filters };
    }
}
