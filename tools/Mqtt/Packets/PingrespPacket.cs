namespace DevKit.Mqtt;

/// <summary>PINGRESP, the server's sign of life (MQTT 3.1.1, 3.13).</summary>
public sealed class PingrespPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Pingresp;
}
