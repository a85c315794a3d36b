namespace DevKit.Mqtt;

/// <summary>One control packet of MQTT 3.1.1.</summary>
public abstract class MqttPacket
{
    private protected MqttPacket()
    {
    }

    /// <summary>Which of the fourteen packets this is.</summary>
    public abstract MqttPacketType Type { get; }
}
