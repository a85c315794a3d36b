namespace DevKit.Mqtt;

/// <summary>SUBSCRIBE (MQTT 3.1.1, 3.8).</summary>
public sealed class SubscribePacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Subscribe;

    /// <summary>Packet identifier, 1 to 65,535.</summary>
    public required ushort PacketId { get; init; }

    /// <summary>What is subscribed to, at least one.</summary>
    public required IReadOnlyList<MqttSubscription> Subscriptions { get; init; }
}
