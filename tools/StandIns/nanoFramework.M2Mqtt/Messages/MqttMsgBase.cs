namespace nanoFramework.M2Mqtt.Messages;

/// <summary>A packet; this class alone is one that has nothing but a type and, where MQTT gives it one, an identifier.</summary>
public class MqttMsgBase
{
    internal MqttMsgBase(MqttMessageType type, ushort messageId = 0)
    {
        Type = type;
        MessageId = messageId;
    }

    public MqttMessageType Type { get; set; }

    public bool DupFlag { get; set; }

    public MqttQoSLevel QosLevel { get; set; }

    public bool Retain { get; set; }

    public ushort MessageId { get; set; }
}
