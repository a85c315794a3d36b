namespace DevKit.Mqtt;

/// <summary>The message that a server publishes for a client that vanished (MQTT 3.1.1, 3.1.2.5).</summary>
public sealed class MqttWill
{
    /// <summary>Topic name of the message.</summary>
    public required string Topic { get; init; }

    /// <summary>The message, at most 65,535 bytes.</summary>
    public ReadOnlyMemory<byte> Message { get; init; }

    /// <summary>The QoS that it is published with.</summary>
    public MqttQualityOfService QualityOfService { get; init; }

    /// <summary>Whether it is published as a retained message.</summary>
    public bool Retain { get; init; }
}
