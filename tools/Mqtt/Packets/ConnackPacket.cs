namespace DevKit.Mqtt;

/// <summary>CONNACK, the server's answer to CONNECT (MQTT 3.1.1, 3.2).</summary>
public sealed class ConnackPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Connack;

    /// <summary>Whether the server still had a session of this client; only with <see cref="MqttConnectReturnCode.Accepted"/>.</summary>
    public bool SessionPresent { get; init; }

    /// <summary>The answer.</summary>
    public MqttConnectReturnCode ReturnCode { get; init; }
}
