namespace nanoFramework.M2Mqtt.Messages;

/// <summary>UNSUBSCRIBE.</summary>
internal sealed class MqttMsgUnsubscribe(string[] topics) : MqttMsgBase(MqttMessageType.Unsubscribe)
{
    internal string[] Topics { get; } = topics;
}
