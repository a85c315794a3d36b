namespace DevKit.Mqtt;

/// <summary>PUBREL, the answer to PUBREC (MQTT 3.1.1, 3.6).</summary>
public sealed class PubrelPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Pubrel;

    /// <summary>Packet identifier of the PUBLISH, 1 to 65,535.</summary>
    public required ushort PacketId { get; init; }
}
