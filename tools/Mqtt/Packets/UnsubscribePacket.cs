namespace DevKit.Mqtt;

/// <summary>UNSUBSCRIBE (MQTT 3.1.1, 3.10).</summary>
public sealed class UnsubscribePacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Unsubscribe;

    /// <summary>Packet identifier, 1 to 65,535.</summary>
    public required ushort PacketId { get; init; }

    /// <summary>Topic filters, at least one, character for character as they were subscribed to.</summary>
    public required IReadOnlyList<string> Filters { get; init; }
}
