namespace DevKit.Mqtt;

/// <summary>DISCONNECT, the orderly end of a connection (MQTT 3.1.1, 3.14).</summary>
public sealed class DisconnectPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Disconnect;
}
