namespace nanoFramework.M2Mqtt.Messages;

/// <summary>CONNACK, as far as MQTT 3.1.1 has it.</summary>
public class MqttMsgConnack : MqttMsgBase
{
    public MqttMsgConnack()
        : base(MqttMessageType.ConnectAck)
    {
    }

    public bool SessionPresent { get; set; }

    public MqttReasonCode ReturnCode { get; set; }
}
