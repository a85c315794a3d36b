using System.Text;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>
/// Packets as the device's library writes them (MQTT 3.1.1, 3). Of what the standard forbids it refuses what has an
/// <see cref="MqttClientErrorCode"/>, and lets the rest through: a filter that is none, a QoS of 3, a will without a flag.
/// </summary>
internal static class PacketWriter
{
    private const int LongestTopic = ushort.MaxValue;

    /// <exception cref="MqttClientException">The packet cannot be written.</exception>
    internal static byte[] Write(MqttMsgBase message) => message switch
    {
        MqttMsgConnect connect => Frame(0x10, Connect(connect)),
        MqttMsgPublish publish => Frame(PublishHeader(publish), Publish(publish)),
        MqttMsgSubscribe subscribe => Frame(0x82, Subscribe(subscribe)),
        MqttMsgUnsubscribe unsubscribe => Frame(0xA2, Unsubscribe(unsubscribe)),
        { Type: MqttMessageType.PublishRelease } => Frame(0x62, Identifier(message)),
        { Type: MqttMessageType.PingRequest or MqttMessageType.Disconnect } => Frame((int)message.Type << 4, []),
        _ => Frame((int)message.Type << 4, Identifier(message)),
    };

    private static byte[] Frame(int header, ReadOnlySpan<byte> body)
    {
        var packet = new List<byte> { (byte)header };
        int rest = body.Length;
        do
        {
            packet.Add((byte)(rest % 128 | (rest > 127 ? 128 : 0)));
            rest /= 128;
        }
        while (rest > 0);

        return [.. packet, .. body];
    }

    private static byte[] Connect(MqttMsgConnect connect)
    {
        byte[] clientId = Text(connect.ClientId);
        bool hasWill = !string.IsNullOrEmpty(connect.WillTopic) && !string.IsNullOrEmpty(connect.WillMessage);
        if ((connect.WillFlag ? !hasWill : connect.WillRetain) || connect.WillQosLevel is < 0 or > MqttQoSLevel.ExactlyOnce)
        {
            throw new MqttClientException(MqttClientErrorCode.WillWrong);
        }

        byte[] will = connect.WillFlag ? [.. Text(connect.WillTopic), .. Text(connect.WillMessage)] : [];
        byte[] username = string.IsNullOrEmpty(connect.Username) ? [] : Text(connect.Username);
        byte[] password = string.IsNullOrEmpty(connect.Password) ? [] : Text(connect.Password);
        int flags = (username.Length > 0 ? 0x80 : 0)
            | (password.Length > 0 ? 0x40 : 0)
            | (connect.WillRetain ? 0x20 : 0)
            | (connect.WillFlag ? (int)connect.WillQosLevel << 3 | 0x04 : 0)
            | (connect.CleanSession ? 0x02 : 0);
        return
        [
            .. Text("MQTT"), 4, (byte)flags, .. Number(connect.KeepAlivePeriod), .. clientId, .. will, .. username, .. password,
        ];
    }

    private static int PublishHeader(MqttMsgPublish publish) =>
        0x30 | (publish.DupFlag ? 8 : 0) | (int)publish.QosLevel << 1 | (publish.Retain ? 1 : 0);

    private static byte[] Publish(MqttMsgPublish publish)
    {
        if (publish.Topic.Contains('#', StringComparison.Ordinal) || publish.Topic.Contains('+', StringComparison.Ordinal))
        {
            throw new MqttClientException(MqttClientErrorCode.TopicWildcard);
        }

        byte[] topic = Topic(publish.Topic);
        if (publish.QosLevel > MqttQoSLevel.ExactlyOnce)
        {
            throw new MqttClientException(MqttClientErrorCode.QosNotAllowed);
        }

        byte[] identifier = publish.QosLevel == MqttQoSLevel.AtMostOnce ? [] : Identifier(publish);
        return [.. topic, .. identifier, .. publish.Message ?? []];
    }

    private static byte[] Subscribe(MqttMsgSubscribe subscribe)
    {
        CheckTopics(subscribe.Topics);
        if (subscribe.QoSLevels == null || subscribe.QoSLevels.Length == 0)
        {
            throw new MqttClientException(MqttClientErrorCode.QosLevelsEmpty);
        }

        if (subscribe.Topics.Length != subscribe.QoSLevels.Length)
        {
            throw new MqttClientException(MqttClientErrorCode.TopicsQosLevelsNotMatch);
        }

        return [.. Identifier(subscribe), .. subscribe.Topics.Zip(subscribe.QoSLevels, Subscription).SelectMany(bytes => bytes)];
    }

    private static byte[] Subscription(string topic, MqttQoSLevel qosLevel) => [.. Topic(topic), (byte)qosLevel];

    private static byte[] Unsubscribe(MqttMsgUnsubscribe unsubscribe)
    {
        CheckTopics(unsubscribe.Topics);
        return [.. Identifier(unsubscribe), .. unsubscribe.Topics.SelectMany(Topic)];
    }

    private static void CheckTopics(string[] topics)
    {
        if (topics == null || topics.Length == 0)
        {
            throw new MqttClientException(MqttClientErrorCode.TopicsEmpty);
        }
    }

    private static byte[] Topic(string topic) =>
        topic.Length is 0 or > LongestTopic ? throw new MqttClientException(MqttClientErrorCode.TopicLength) : Text(topic);

    private static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [.. Number(bytes.Length), .. bytes];
    }

    private static byte[] Identifier(MqttMsgBase message) => Number(message.MessageId);

    private static byte[] Number(int number) => [(byte)(number >> 8), (byte)number];
}
