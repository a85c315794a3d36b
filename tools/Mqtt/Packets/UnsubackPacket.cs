namespace DevKit.Mqtt;

/// <summary>UNSUBACK, the answer to UNSUBSCRIBE (MQTT 3.1.1, 3.11).</summary>
public sealed class UnsubackPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Unsuback;

    /// <summary>Packet identifier of that UNSUBSCRIBE, 1 to 65,535.</summary>
    public required ushort PacketId { get; init; }
}
