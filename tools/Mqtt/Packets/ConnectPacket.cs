namespace DevKit.Mqtt;

/// <summary>CONNECT, the first packet of a client (MQTT 3.1.1, 3.1).</summary>
public sealed class ConnectPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Connect;

    /// <summary>Client identifier; may be empty when <see cref="CleanSession"/> is set.</summary>
    public required string ClientId { get; init; }

    /// <summary>Whether the server forgets what it kept of an earlier session.</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>Longest pause between two packets of the client, in seconds; 0 turns the mechanism off.</summary>
    public ushort KeepAliveSeconds { get; init; }

    /// <summary>The will, or null for none.</summary>
    public MqttWill? Will { get; init; }

    /// <summary>User name, or null for none.</summary>
    public string? UserName { get; init; }

    /// <summary>Password, or null for none; only together with a user name.</summary>
    public ReadOnlyMemory<byte>? Password { get; init; }
}
