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
        WriteBody(body, packet);
        var publish = packet as PublishPacket;
        ReadOnlySpan<byte> payload = publish is null ? [] : publish.Payload.Span;
        long remainingLength = (long)body.WrittenCount + payload.Length;
        if (remainingLength > MqttRules.LargestRemainingLength)
        {
            throw new MqttProtocolException($"{MqttRules.Name(packet.Type)} of {remainingLength} bytes is too long (MQTT 3.1.1, 2.2.3).");
        }

        int flags = publish is null ? MqttRules.FixedFlags(packet.Type) : PublishFlags(publish);
        WriteByte(output, ((int)packet.Type << 4) | flags);
        WriteRemainingLength(output, (int)remainingLength);
        output.Write(body.WrittenSpan);
        output.Write(payload);
    }

    private static int PublishFlags(PublishPacket packet) =>
        (packet.Duplicate ? 8 : 0) | ((int)packet.QualityOfService << 1) | (packet.Retain ? 1 : 0);

    /// <summary>
    /// Writes what stands between the fixed header and a PUBLISH's payload: nothing in PINGREQ, PINGRESP and DISCONNECT.
    /// </summary>
    private static void WriteBody(ArrayBufferWriter<byte> body, MqttPacket packet)
    {
        switch (packet)
        {
            case ConnectPacket connect:
                WriteConnect(body, connect);
                break;
            case ConnackPacket connack:
                WriteConnack(body, connack);
                break;
            case PublishPacket publish:
                WritePublish(body, publish);
                break;
            case MqttAcknowledgement acknowledgement:
                WritePacketId(body, acknowledgement.PacketId, packet.Type);
                break;
            case SubscribePacket subscribe:
                WriteSubscribe(body, subscribe);
                break;
            case SubackPacket suback:
                WriteSuback(body, suback);
                break;
            case UnsubscribePacket unsubscribe:
                WriteUnsubscribe(body, unsubscribe);
                break;
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

        WriteText(body, "MQTT", "protocol name");
        WriteByte(body, 4);
        WriteByte(body, ConnectFlags(packet));
        WriteUInt16(body, packet.KeepAliveSeconds);
        WriteText(body, packet.ClientId, "CONNECT: client identifier");
        if (packet.Will is { } will)
        {
            MqttRules.CheckTopicName(will.Topic);
            WriteText(body, will.Topic, "CONNECT: will topic");
            WriteBinary(body, will.Message.Span, "CONNECT: will message");
        }

        if (packet.UserName is { } userName)
        {
            WriteText(body, userName, "CONNECT: user name");
        }

        if (packet.Password is { } password)
        {
            WriteBinary(body, password.Span, "CONNECT: password");
        }
    }

    private static int ConnectFlags(ConnectPacket packet)
    {
        int flags = packet.CleanSession ? 0x02 : 0;
        if (packet.Will is { } will)
        {
            MqttRules.CheckQualityOfService((int)will.QualityOfService, "CONNECT: will", "MQTT-3.1.2-14");
            flags |= 0x04 | ((int)will.QualityOfService << 3) | (will.Retain ? 0x20 : 0);
        }

        flags |= packet.Password is null ? 0 : 0x40;
        flags |= packet.UserName is null ? 0 : 0x80;
        return flags;
    }

    private static void WriteConnack(ArrayBufferWriter<byte> body, ConnackPacket packet)
    {
        MqttRules.CheckConnack(packet.SessionPresent, packet.ReturnCode);
        WriteByte(body, packet.SessionPresent ? 1 : 0);
        WriteByte(body, (int)packet.ReturnCode);
    }

    private static void WritePublish(ArrayBufferWriter<byte> body, PublishPacket packet)
    {
        MqttRules.CheckTopicName(packet.Topic);
        MqttRules.CheckQualityOfService((int)packet.QualityOfService, "PUBLISH", "MQTT-3.3.1-4");
        WriteText(body, packet.Topic, "PUBLISH: topic name");
        if (packet.QualityOfService != MqttQualityOfService.AtMostOnce)
        {
            WritePacketId(body, packet.PacketId, packet.Type);
        }
        else if (packet.Duplicate || packet.PacketId != 0)
        {
            throw new MqttProtocolException("PUBLISH with QoS 0 is neither a repetition nor numbered (MQTT-3.3.1-2, MQTT-2.3.1-5).");
        }
    }

    private static void WriteSubscribe(ArrayBufferWriter<byte> body, SubscribePacket packet)
    {
        MqttRules.CheckCount(packet.Subscriptions.Count, packet.Type, "MQTT-3.8.3-3");
        WritePacketId(body, packet.PacketId, packet.Type);
        foreach (MqttSubscription subscription in packet.Subscriptions)
        {
            MqttRules.CheckTopicFilter(subscription.Filter);
            MqttRules.CheckQualityOfService((int)subscription.QualityOfService, "SUBSCRIBE", "MQTT-3-8.3-4");
            WriteText(body, subscription.Filter, "SUBSCRIBE: topic filter");
            WriteByte(body, (int)subscription.QualityOfService);
        }
    }

    private static void WriteSuback(ArrayBufferWriter<byte> body, SubackPacket packet)
    {
        MqttRules.CheckCount(packet.ReturnCodes.Count, packet.Type, "MQTT-3.9.3-1");
        WritePacketId(body, packet.PacketId, packet.Type);
        foreach (MqttSubscribeReturnCode code in packet.ReturnCodes)
        {
            MqttRules.CheckSubscribeReturnCode(code);
            WriteByte(body, (int)code);
        }
    }

    private static void WriteUnsubscribe(ArrayBufferWriter<byte> body, UnsubscribePacket packet)
    {
        MqttRules.CheckCount(packet.Filters.Count, packet.Type, "MQTT-3.10.3-2");
        WritePacketId(body, packet.PacketId, packet.Type);
        foreach (string filter in packet.Filters)
        {
            MqttRules.CheckTopicFilter(filter);
            WriteText(body, filter, "UNSUBSCRIBE: topic filter");
        }
    }

    private static void WritePacketId(IBufferWriter<byte> output, ushort packetId, MqttPacketType type)
    {
        MqttRules.CheckPacketId(packetId, type);
        WriteUInt16(output, packetId);
    }

    private static void WriteText(IBufferWriter<byte> output, string text, string field) =>
        WriteBinary(output, MqttRules.EncodeText(text, field), field);

    private static void WriteBinary(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes, string field)
    {
        if (bytes.Length > MqttRules.LongestField)
        {
            throw new MqttProtocolException($"{field} has {bytes.Length} bytes: at most {MqttRules.LongestField} fit (MQTT 3.1.1, 1.5.3).");
        }

        WriteUInt16(output, (ushort)bytes.Length);
        output.Write(bytes);
    }

    private static void WriteUInt16(IBufferWriter<byte> output, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(2), value);
        output.Advance(2);
    }

    private static void WriteByte(IBufferWriter<byte> output, int value)
    {
        output.GetSpan(1)[0] = (byte)value;
        output.Advance(1);
    }

    private static void WriteRemainingLength(IBufferWriter<byte> output, int length)
    {
        do
        {
            int digit = length & 0x7F;
            length >>= 7;
            WriteByte(output, length > 0 ? digit | 0x80 : digit);
        }
        while (length > 0);
    }
}
