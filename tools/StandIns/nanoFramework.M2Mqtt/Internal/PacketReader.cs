using System.Text;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>
/// Packets as the device's library reads them. It is as careless as the original: a packet that no server sends is refused at its
/// first byte, so that what follows is read as packets; where the connection ends inside a packet, the rest counts as zeros.
/// </summary>
internal static class PacketReader
{
    /// <summary>Reads the rest of a packet.</summary>
    /// <param name="first">Its first byte: type and flags.</param>
    /// <param name="channel">Where the rest comes from.</param>
    /// <exception cref="MqttClientException">No server sends such a packet, or its flags or its QoS are not MQTT's.</exception>
    /// <exception cref="ArgumentException">The packet is shorter than what it holds.</exception>
    /// <exception cref="IndexOutOfRangeException">The packet is shorter than what it holds.</exception>
    internal static MqttMsgBase Read(byte first, MqttNetworkChannel channel)
    {
        var type = (MqttMessageType)(first >> 4);
        switch (type)
        {
            case MqttMessageType.Publish:
                return ReadPublish(first, channel);
            case MqttMessageType.ConnectAck:
                byte[] connack = ReadBody(first, channel);
                return new MqttMsgConnack { SessionPresent = (connack[0] & 1) != 0, ReturnCode = (MqttReasonCode)connack[1] };
            case MqttMessageType.SubscribeAck:
                return ReadSuback(ReadBody(first, channel));
            case MqttMessageType.PublishAck:
            case MqttMessageType.PublishReceived:
            case MqttMessageType.PublishRelease:
            case MqttMessageType.PublishComplete:
            case MqttMessageType.UnsubscribeAck:
                return new MqttMsgBase(type, Number(ReadBody(first, channel), 0));
            case MqttMessageType.PingResponse:
            case MqttMessageType.Disconnect:
                CheckFlags(first);
                ReadLength(channel);
                return new MqttMsgBase(type);
            default:
                throw new MqttClientException(MqttClientErrorCode.WrongBrokerMessage);
        }
    }

    private static MqttMsgSuback ReadSuback(byte[] body) => body.Length < 3
        ? throw new ArgumentException("A SUBACK without a code.")
        : new MqttMsgSuback(Number(body, 0), [.. body[2..].Select(code => (MqttQoSLevel)code)]);

    private static MqttMsgPublish ReadPublish(byte first, MqttNetworkChannel channel)
    {
        byte[] body = new byte[ReadLength(channel)];
        int received = channel.Receive(body);
        int length = Number(body, 0);
        string topic = Encoding.UTF8.GetString(body, 2, length);
        int index = 2 + length;
        var qosLevel = (MqttQoSLevel)((first >> 1) & 3);
        if (qosLevel > MqttQoSLevel.ExactlyOnce)
        {
            throw new MqttClientException(MqttClientErrorCode.QosNotAllowed);
        }

        ushort messageId = 0;
        if (qosLevel != MqttQoSLevel.AtMostOnce)
        {
            messageId = Number(body, index);
            index += 2;
        }

        return new MqttMsgPublish
        {
            Topic = topic,
            Message = body[index..received],
            MessageId = messageId,
            QosLevel = qosLevel,
            DupFlag = (first & 8) != 0,
            Retain = (first & 1) != 0,
        };
    }

    private static byte[] ReadBody(byte first, MqttNetworkChannel channel)
    {
        CheckFlags(first);
        byte[] body = new byte[ReadLength(channel)];
        channel.Receive(body);
        return body;
    }

    private static void CheckFlags(byte first)
    {
        int flags = first >> 4 == (int)MqttMessageType.PublishRelease ? 2 : 0;
        if ((first & 0x0F) != flags)
        {
            throw new MqttClientException(MqttClientErrorCode.InvalidFlagBits);
        }
    }

    private static int ReadLength(MqttNetworkChannel channel)
    {
        int length = 0;
        byte[] digit = new byte[1];
        int shift = 0;
        do
        {
            // The original asks a closed connection for ever; here it ends.
            if (channel.Receive(digit) == 0)
            {
                return 0;
            }

            length += (digit[0] & 0x7F) << shift;
            shift += 7;
        }
        while ((digit[0] & 0x80) != 0);

        return length;
    }

    private static ushort Number(byte[] bytes, int index) => (ushort)(bytes[index] << 8 | bytes[index + 1]);
}
