namespace nanoFramework.M2Mqtt.Messages;

/// <summary>SUBSCRIBE.</summary>
internal sealed class MqttMsgSubscribe(string[] topics, MqttQoSLevel[] qosLevels) : MqttMsgBase(MqttMessageType.Subscribe)
{
    internal string[] Topics { get; } = topics;

    internal MqttQoSLevel[] QoSLevels { get; } = qosLevels;
}
