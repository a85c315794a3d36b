namespace DevKit.Mqtt;

/// <summary>PINGREQ, a client that asks for a sign of life (MQTT 3.1.1, 3.12).</summary>
public sealed class PingreqPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Pingreq;
}
