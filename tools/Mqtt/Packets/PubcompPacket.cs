namespace DevKit.Mqtt;

/// <summary>PUBCOMP, the answer to PUBREL (MQTT 3.1.1, 3.7).</summary>
public sealed class PubcompPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Pubcomp;

    /// <summary>Packet identifier of the PUBLISH, 1 to 65,535.</summary>
    public required ushort PacketId { get; init; }
}
