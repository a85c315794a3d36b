namespace DevKit.Mqtt;

/// <summary>PUBLISH, an application message (MQTT 3.1.1, 3.3).</summary>
public sealed class PublishPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Publish;

    /// <summary>Topic name: at least one character, no wildcards.</summary>
    public required string Topic { get; init; }

    /// <summary>The message; may be empty.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>How the message is delivered.</summary>
    public MqttQualityOfService QualityOfService { get; init; }

    /// <summary>Whether the server keeps the message for later subscribers.</summary>
    public bool Retain { get; init; }

    /// <summary>Whether this may be a repetition; never with QoS 0.</summary>
    public bool Duplicate { get; init; }

    /// <summary>Packet identifier, 1 to 65,535; 0 with QoS 0, which has none.</summary>
    public ushort PacketId { get; init; }
}
