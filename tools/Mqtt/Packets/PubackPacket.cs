namespace DevKit.Mqtt;

/// <summary>PUBACK, the answer to a PUBLISH with QoS 1 (MQTT 3.1.1, 3.4).</summary>
public sealed class PubackPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Puback;

    /// <summary>Packet identifier of that PUBLISH, 1 to 65,535.</summary>
    public required ushort PacketId { get; init; }
}
