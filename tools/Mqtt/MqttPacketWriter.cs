using System.Buffers;
using System.Buffers.Binary;

namespace DevKit.Mqtt;

/// <summary>Writes MQTT 3.1.1 packets, under the same rules that <see cref="MqttPacketReader"/> reads them by.</summary>
public static class MqttPacketWriter
{
    /// <summary>A packet as bytes.</summary>
    /// <param name="packet">The packet.</param>
    /// <exception cref="MqttProtocolException">The packet's values are forbidden by MQTT 3.1.1.</exception>
    public static byte[] ToBytes(MqttPacket packet)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, packet);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes one packet.</summary>
    /// <param name="output">Where its bytes go; nothing is written when the packet is forbidden.</param>
    /// <param name="packet">The packet.</param>
    /// <exception cref="MqttProtocolException">The packet's values are forbidden by MQTT 3.1.1.</exception>
    public static void Write(IBufferWriter<byte> output, MqttPacket packet)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(packet);

        var body = new ArrayBufferWriter<byte>();
        int flags = WriteBody(body, packet);
        if (body.WrittenCount > MqttRules.LargestRemainingLength)
        {
            throw new MqttProtocolException($"{MqttRules.Name(packet.Type)} of {body.WrittenCount} bytes is too long (MQTT 3.1.1, 2.2.3).");
        }

        PutByte(output, ((int)packet.Type << 4) | flags);
        PutRemainingLength(output, body.WrittenCount);
        output.Write(body.WrittenSpan);
    }

    /// <summary>Writes what stands behind the fixed header, and returns the flags that stand in it.</summary>
    private static int WriteBody(ArrayBufferWriter<byte> body, MqttPacket packet)
    {
        switch (packet)
        {
            case ConnectPacket connect:
                WriteConnect(body, connect);
                return 0;
            case ConnackPacket connack:
                WriteConnack(body, connack);
                return 0;
            case PublishPacket publish:
                WritePublish(body, publish);
                return (publish.Duplicate ? 8 : 0) | ((int)publish.QualityOfService << 1) | (publish.Retain ? 1 : 0);
            case PubackPacket puback:
                PutPacketId(body, puback.PacketId, packet.Type);
                return 0;
            case PubrecPacket pubrec:
                PutPacketId(body, pubrec.PacketId, packet.Type);
                return 0;
            case PubrelPacket pubrel:
                PutPacketId(body, pubrel.PacketId, packet.Type);
                return 2;
            case PubcompPacket pubcomp:
                PutPacketId(body, pubcomp.PacketId, packet.Type);
                return 0;
            case SubscribePacket subscribe:
                WriteSubscribe(body, subscribe);
                return 2;
            case SubackPacket suback:
                WriteSuback(body, suback);
                return 0;
            case UnsubscribePacket unsubscribe:
                WriteUnsubscribe(body, unsubscribe);
                return 2;
            case UnsubackPacket unsuback:
                PutPacketId(body, unsuback.PacketId, packet.Type);
                return 0;
            default:
                return 0;
        }
    }

    private static void WriteConnect(ArrayBufferWriter<byte> body, ConnectPacket packet)
    {
        if (packet.ClientId.Length == 0 && !packet.CleanSession)
        {
            throw new MqttProtocolException("CONNECT has an empty client identifier and wants its session kept (MQTT-3.1.3-7).");
        }

        if (packet.Password is not null && packet.UserName is null)
        {
            throw new MqttProtocolException("CONNECT has a password and no user name (MQTT-3.1.2-22).");
        }

        PutText(body, "MQTT", "protocol name");
        PutByte(body, 4);
        PutByte(body, ConnectFlags(packet));
        PutNumber(body, packet.KeepAliveSeconds);
        PutText(body, packet.ClientId, "CONNECT: client identifier");
        if (packet.Will is { } will)
        {
            MqttRules.CheckTopicName(will.Topic);
            PutText(body, will.Topic, "CONNECT: will topic");
            PutBinary(body, will.Message.Span, "CONNECT: will message");
        }

        if (packet.UserName is { } userName)
        {
            PutText(body, userName, "CONNECT: user name");
        }

        if (packet.Password is { } password)
        {
            PutBinary(body, password.Span, "CONNECT: password");
        }
    }

    private static int ConnectFlags(ConnectPacket packet)
    {
        int flags = packet.CleanSession ? 0x02 : 0;
        if (packet.Will is { } will)
        {
            MqttRules.CheckQualityOfService((int)will.QualityOfService, "CONNECT: will");
            flags |= 0x04 | ((int)will.QualityOfService << 3) | (will.Retain ? 0x20 : 0);
        }

        flags |= packet.Password is null ? 0 : 0x40;
        flags |= packet.UserName is null ? 0 : 0x80;
        return flags;
    }

    private static void WriteConnack(ArrayBufferWriter<byte> body, ConnackPacket packet)
    {
        if (packet.ReturnCode is < MqttConnectReturnCode.Accepted or > MqttConnectReturnCode.NotAuthorized)
        {
            throw new MqttProtocolException($"CONNACK has return code {(int)packet.ReturnCode} (MQTT 3.1.1, 3.2.2).");
        }

        if (packet.SessionPresent && packet.ReturnCode != MqttConnectReturnCode.Accepted)
        {
            throw new MqttProtocolException($"CONNACK refuses with code {(int)packet.ReturnCode} and claims a session (MQTT-3.2.2-4).");
        }

        PutByte(body, packet.SessionPresent ? 1 : 0);
        PutByte(body, (int)packet.ReturnCode);
    }

    private static void WritePublish(ArrayBufferWriter<byte> body, PublishPacket packet)
    {
        MqttRules.CheckTopicName(packet.Topic);
        MqttRules.CheckQualityOfService((int)packet.QualityOfService, "PUBLISH");
        PutText(body, packet.Topic, "PUBLISH: topic name");
        if (packet.QualityOfService != MqttQualityOfService.AtMostOnce)
        {
            PutPacketId(body, packet.PacketId, packet.Type);
        }
        else if (packet.Duplicate || packet.PacketId != 0)
        {
            throw new MqttProtocolException("PUBLISH with QoS 0 is neither a repetition nor numbered (MQTT-3.3.1-2, MQTT-2.3.1-5).");
        }

        body.Write(packet.Payload.Span);
    }

    private static void WriteSubscribe(ArrayBufferWriter<byte> body, SubscribePacket packet)
    {
        RequireSome(packet.Subscriptions.Count, packet.Type);
        PutPacketId(body, packet.PacketId, packet.Type);
        foreach (MqttSubscription subscription in packet.Subscriptions)
        {
            MqttRules.CheckTopicFilter(subscription.Filter);
            MqttRules.CheckQualityOfService((int)subscription.QualityOfService, "SUBSCRIBE");
            PutText(body, subscription.Filter, "SUBSCRIBE: topic filter");
            PutByte(body, (int)subscription.QualityOfService);
        }
    }

    private static void WriteSuback(ArrayBufferWriter<byte> body, SubackPacket packet)
    {
        RequireSome(packet.ReturnCodes.Count, packet.Type);
        PutPacketId(body, packet.PacketId, packet.Type);
        foreach (MqttSubscribeReturnCode code in packet.ReturnCodes)
        {
            if (!Enum.IsDefined(code))
            {
                throw new MqttProtocolException($"SUBACK has return code 0x{(int)code:X2} (MQTT-3.9.3-2).");
            }

            PutByte(body, (int)code);
        }
    }

    private static void WriteUnsubscribe(ArrayBufferWriter<byte> body, UnsubscribePacket packet)
    {
        RequireSome(packet.Filters.Count, packet.Type);
        PutPacketId(body, packet.PacketId, packet.Type);
        foreach (string filter in packet.Filters)
        {
            MqttRules.CheckTopicFilter(filter);
            PutText(body, filter, "UNSUBSCRIBE: topic filter");
        }
    }

    private static void RequireSome(int count, MqttPacketType type)
    {
        if (count == 0)
        {
            throw new MqttProtocolException($"{MqttRules.Name(type)} has an empty list (MQTT-3.8.3-3, MQTT-3.10.3-2).");
        }
    }

    private static void PutPacketId(IBufferWriter<byte> output, ushort packetId, MqttPacketType type)
    {
        MqttRules.CheckPacketId(packetId, type);
        PutNumber(output, packetId);
    }

    private static void PutText(IBufferWriter<byte> output, string text, string field) =>
        PutBinary(output, MqttRules.EncodeText(text, field), field);

    private static void PutBinary(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes, string field)
    {
        if (bytes.Length > MqttRules.LongestField)
        {
            throw new MqttProtocolException($"{field} has {bytes.Length} bytes: at most {MqttRules.LongestField} fit (MQTT 3.1.1, 1.5.3).");
        }

        PutNumber(output, (ushort)bytes.Length);
        output.Write(bytes);
    }

    private static void PutNumber(IBufferWriter<byte> output, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(2), value);
        output.Advance(2);
    }

    private static void PutByte(IBufferWriter<byte> output, int value)
    {
        output.GetSpan(1)[0] = (byte)value;
        output.Advance(1);
    }

    private static void PutRemainingLength(IBufferWriter<byte> output, int length)
    {
        do
        {
            int digit = length & 0x7F;
            length >>= 7;
            PutByte(output, length > 0 ? digit | 0x80 : digit);
        }
        while (length > 0);
    }
}
