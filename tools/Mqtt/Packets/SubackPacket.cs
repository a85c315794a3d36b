namespace DevKit.Mqtt;

/// <summary>SUBACK, the answer to SUBSCRIBE (MQTT 3.1.1, 3.9).</summary>
public sealed class SubackPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Suback;

    /// <summary>Packet identifier of that SUBSCRIBE, 1 to 65,535.</summary>
    public required ushort PacketId { get; init; }

    /// <summary>One answer for each topic filter, in their order.</summary>
    public required IReadOnlyList<MqttSubscribeReturnCode> ReturnCodes { get; init; }
}
