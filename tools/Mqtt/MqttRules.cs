using System.Text;

namespace DevKit.Mqtt;

/// <summary>The rules on single values that hold for reading and for writing alike.</summary>
internal static class MqttRules
{
    /// <summary>The longest string or binary field: its length is two bytes (MQTT 3.1.1, 1.5.3).</summary>
    internal const int LongestField = ushort.MaxValue;

    /// <summary>The largest remaining length: four bytes of seven bits each (MQTT 3.1.1, 2.2.3).</summary>
    internal const int LargestRemainingLength = 268_435_455;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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

    /// <summary>A topic name has at least one character [MQTT-4.7.3-1] and no wildcards [MQTT-3.3.2-2].</summary>
    internal static void CheckTopicName(string topic)
    {
        if (topic.Length == 0)
        {
            throw new MqttProtocolException("A topic name is empty (MQTT-4.7.3-1).");
        }

        if (topic.AsSpan().ContainsAny('+', '#'))
        {
            throw new MqttProtocolException($"The topic name '{topic}' contains a wildcard (MQTT-3.3.2-2).");
        }
    }

    /// <summary>In a topic filter <c>#</c> is the whole last level [MQTT-4.7.1-2], <c>+</c> a whole level [MQTT-4.7.1-3].</summary>
    internal static void CheckTopicFilter(string filter)
    {
        if (filter.Length == 0)
        {
            throw new MqttProtocolException("A topic filter is empty (MQTT-4.7.3-1).");
        }

        string[] levels = filter.Split('/');
        for (int i = 0; i < levels.Length; i++)
        {
            string level = levels[i];
            bool last = i == levels.Length - 1;
            if (level.Contains('#', StringComparison.Ordinal) && (level != "#" || !last))
            {
                throw new MqttProtocolException($"In the topic filter '{filter}' '#' is not the whole last level (MQTT-4.7.1-2).");
            }

            if (level.Contains('+', StringComparison.Ordinal) && level != "+")
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

    /// <summary>QoS 3 does not exist [MQTT-3.3.1-4].</summary>
    internal static void CheckQualityOfService(int value, string field)
    {
        if (value is < 0 or > 2)
        {
            throw new MqttProtocolException($"{field} has QoS {value} (MQTT-3.3.1-4).");
        }
    }

    /// <summary>A packet's name as the standard writes it.</summary>
    internal static string Name(MqttPacketType type) => type.ToString().ToUpperInvariant();
}
