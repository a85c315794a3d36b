using System.Text;

namespace DevKit.Mqtt;

/// <summary>The rules on single values, most of which hold for reading and for writing alike.</summary>
internal static class MqttRules
{
    /// <summary>The longest string or binary field: its length is two bytes (MQTT 3.1.1, 1.5.3).</summary>
    internal const int LongestField = ushort.MaxValue;

    /// <summary>The largest remaining length: four bytes of seven bits each (MQTT 3.1.1, 2.2.3).</summary>
    internal const int LargestRemainingLength = 268_435_455;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A packet's name as the standard writes it.</summary>
    internal static string Name(MqttPacketType type) => type.ToString().ToUpperInvariant();

    /// <summary>The flags of every packet but PUBLISH, whose flags say something (MQTT 3.1.1, table 2.2).</summary>
    internal static int FixedFlags(MqttPacketType type) =>
        type is MqttPacketType.Pubrel or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe ? 2 : 0;

    /// <summary>Type and flags (MQTT 3.1.1, tables 2.1 and 2.2); other flags than these close the connection [MQTT-2.2.2-2].</summary>
    internal static MqttPacketType CheckFirstByte(byte first)
    {
        int flags = first & 0x0F;
        var type = (MqttPacketType)(first >> 4);
        if (!Enum.IsDefined(type))
        {
            throw new MqttProtocolException($"Packet type {first >> 4} is reserved (MQTT 3.1.1, 2.2.1; MQTT-4.8.0-1).");
        }

        if (type != MqttPacketType.Publish)
        {
            return flags == FixedFlags(type)
                ? type
                : throw new MqttProtocolException($"{Name(type)} has flags {flags} (MQTT-2.2.2-2).");
        }

        CheckQualityOfService((flags >> 1) & 3, "PUBLISH", "MQTT-3.3.1-4");
        if ((flags & 0b1110) == 0b1000)
        {
            throw new MqttProtocolException("PUBLISH with QoS 0 is marked as a repetition (MQTT-3.3.1-2).");
        }

        return type;
    }

    /// <summary>The flags of a CONNECT, without those of fields that are not there (MQTT 3.1.1, 3.1.2.3).</summary>
    internal static void CheckConnectFlags(int flags)
    {
        if ((flags & 0x01) != 0)
        {
            throw new MqttProtocolException("CONNECT has its reserved flag set (MQTT-3.1.2-3).");
        }

        if ((flags & 0x04) == 0 && (flags & 0x38) != 0)
        {
            throw new MqttProtocolException("CONNECT has flags for a will and no will (MQTT-3.1.2-13, MQTT-3.1.2-15).");
        }

        CheckQualityOfService((flags >> 3) & 3, "CONNECT: will", "MQTT-3.1.2-14");
        if ((flags & 0xC0) == 0x40)
        {
            throw new MqttProtocolException("CONNECT has a password and no user name (MQTT-3.1.2-22).");
        }
    }

    /// <summary>A return code that exists, and no session with a refusal [MQTT-3.2.2-4].</summary>
    internal static void CheckConnack(bool sessionPresent, MqttConnectReturnCode code)
    {
        if (!Enum.IsDefined(code))
        {
            throw new MqttProtocolException($"CONNACK has return code {(int)code} (MQTT 3.1.1, table 3.1; MQTT-4.8.0-1).");
        }

        if (sessionPresent && code != MqttConnectReturnCode.Accepted)
        {
            throw new MqttProtocolException($"CONNACK refuses with code {(int)code} and claims a session (MQTT-3.2.2-4).");
        }
    }

    /// <summary>Only four return codes exist [MQTT-3.9.3-2].</summary>
    internal static void CheckSubscribeReturnCode(MqttSubscribeReturnCode code)
    {
        if (!Enum.IsDefined(code))
        {
            throw new MqttProtocolException($"SUBACK has return code 0x{(int)code:X2} (MQTT-3.9.3-2).");
        }
    }

    /// <summary>Text of a string field: well-formed UTF-8 without surrogates [MQTT-1.5.3-1] and U+0000 [MQTT-1.5.3-2].</summary>
    internal static string DecodeText(ReadOnlySpan<byte> bytes, string field)
    {
        if (bytes.Contains((byte)0))
        {
            throw new MqttProtocolException($"{field} contains U+0000 (MQTT-1.5.3-2).");
        }

        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new MqttProtocolException($"{field} is not well-formed UTF-8 (MQTT-1.5.3-1).", error);
        }
    }

    /// <summary>Bytes of a string field, under the same rules.</summary>
    internal static byte[] EncodeText(string text, string field)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new MqttProtocolException($"{field} contains U+0000 (MQTT-1.5.3-2).");
        }

        try
        {
            return Utf8.GetBytes(text);
        }
        catch (EncoderFallbackException error)
        {
            throw new MqttProtocolException($"{field} has half of a surrogate pair (MQTT-1.5.3-1).", error);
        }
    }

    /// <summary>A topic name has at least one character [MQTT-4.7.3-1] and no wildcards [MQTT-4.7.1-1].</summary>
    internal static void CheckTopicName(string topic)
    {
        if (topic.Length == 0)
        {
            throw new MqttProtocolException("A topic name is empty (MQTT-4.7.3-1).");
        }

        if (topic.AsSpan().ContainsAny('+', '#'))
        {
            throw new MqttProtocolException($"The topic name '{topic}' contains a wildcard (MQTT-3.3.2-2, MQTT-4.7.1-1).");
        }
    }

    /// <summary>In a topic filter <c>#</c> is the whole last level [MQTT-4.7.1-2], <c>+</c> a whole level [MQTT-4.7.1-3].</summary>
    internal static void CheckTopicFilter(string filter)
    {
        if (filter.Length == 0)
        {
            throw new MqttProtocolException("A topic filter is empty (MQTT-4.7.3-1).");
        }

        foreach (Range range in filter.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> level = filter.AsSpan(range);
            if (level.Contains('#') && (level.Length > 1 || range.End.Value != filter.Length))
            {
                throw new MqttProtocolException($"In the topic filter '{filter}' '#' is not the whole last level (MQTT-4.7.1-2).");
            }

            if (level.Contains('+') && level.Length > 1)
            {
                throw new MqttProtocolException($"In the topic filter '{filter}' '+' is not a whole level (MQTT-4.7.1-3).");
            }
        }
    }

    /// <summary>Packets that need an identifier have one that is not zero [MQTT-2.3.1-1].</summary>
    internal static void CheckPacketId(ushort packetId, MqttPacketType type)
    {
        if (packetId == 0)
        {
            throw new MqttProtocolException($"{Name(type)} has packet identifier 0 (MQTT-2.3.1-1).");
        }
    }

    /// <summary>A list of topic filters or of answers to them has at least one entry, by each packet's own clause.</summary>
    internal static void CheckCount(int count, MqttPacketType type, string clause)
    {
        if (count == 0)
        {
            throw new MqttProtocolException($"{Name(type)} has an empty list ({clause}).");
        }
    }

    /// <summary>QoS 3 and more do not exist; every field has a clause of its own that says so.</summary>
    internal static void CheckQualityOfService(int value, string field, string clause)
    {
        if (value is < 0 or > 2)
        {
            throw new MqttProtocolException($"{field} has QoS {value} ({clause}).");
        }
    }
}
