namespace DevKit.Mqtt;

/// <summary>PUBREC, the first answer to a PUBLISH with QoS 2 (MQTT 3.1.1, 3.5).</summary>
public sealed class PubrecPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Pubrec;

    /// <summary>Packet identifier of that PUBLISH, 1 to 65,535.</summary>
    public required ushort PacketId { get; init; }
}
