namespace nanoFramework.M2Mqtt.Messages;

/// <summary>SUBACK.</summary>
internal sealed class MqttMsgSuback(ushort messageId, MqttQoSLevel[] grantedQoSLevels)
    : MqttMsgBase(MqttMessageType.SubscribeAck, messageId)
{
    internal MqttQoSLevel[] GrantedQoSLevels { get; } = grantedQoSLevels;
}
