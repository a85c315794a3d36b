namespace DevKit.Mqtt;

/// <summary>Control packet types, the upper four bits of the first byte (MQTT 3.1.1, table 2.1).</summary>
public enum MqttPacketType
{
    /// <summary>Client to server: request to connect.</summary>
    Connect = 1,

    /// <summary>Server to client: answer to CONNECT.</summary>
    Connack = 2,

    /// <summary>Either way: an application message.</summary>
    Publish = 3,

    /// <summary>Either way: a QoS 1 message was received.</summary>
    Puback = 4,

    /// <summary>Either way: a QoS 2 message was received, part 1.</summary>
    Pubrec = 5,

    /// <summary>Either way: a QoS 2 message is released, part 2.</summary>
    Pubrel = 6,

    /// <summary>Either way: a QoS 2 message is complete, part 3.</summary>
    Pubcomp = 7,

    /// <summary>Client to server: subscribe.</summary>
    Subscribe = 8,

    /// <summary>Server to client: answer to SUBSCRIBE.</summary>
    Suback = 9,

    /// <summary>Client to server: unsubscribe.</summary>
    Unsubscribe = 10,

    /// <summary>Server to client: answer to UNSUBSCRIBE.</summary>
    Unsuback = 11,

    /// <summary>Client to server: are you there?</summary>
    Pingreq = 12,

    /// <summary>Server to client: answer to PINGREQ.</summary>
    Pingresp = 13,

    /// <summary>Client to server: an orderly end.</summary>
    Disconnect = 14,
}

/// <summary>How a message is delivered (MQTT 3.1.1, 4.3).</summary>
public enum MqttQualityOfService
{
    /// <summary>QoS 0: once or never.</summary>
    AtMostOnce = 0,

    /// <summary>QoS 1: once or several times.</summary>
    AtLeastOnce = 1,

    /// <summary>QoS 2: once.</summary>
    ExactlyOnce = 2,
}

/// <summary>The server's answer to CONNECT (MQTT 3.1.1, table 3.1).</summary>
public enum MqttConnectReturnCode
{
    /// <summary>Connected.</summary>
    Accepted = 0,

    /// <summary>The server does not speak the protocol level that was asked for.</summary>
    UnacceptableProtocolVersion = 1,

    /// <summary>The client identifier is well-formed but not allowed.</summary>
    IdentifierRejected = 2,

    /// <summary>The MQTT service behind this connection is not there.</summary>
    ServerUnavailable = 3,

    /// <summary>User name or password are malformed.</summary>
    BadUserNameOrPassword = 4,

    /// <summary>The client is not allowed to connect.</summary>
    NotAuthorized = 5,
}

/// <summary>The server's answer to one topic filter of a SUBSCRIBE (MQTT 3.1.1, 3.9.3).</summary>
public enum MqttSubscribeReturnCode
{
    /// <summary>Granted, at most QoS 0.</summary>
    GrantedAtMostOnce = 0,

    /// <summary>Granted, at most QoS 1.</summary>
    GrantedAtLeastOnce = 1,

    /// <summary>Granted, at most QoS 2.</summary>
    GrantedExactlyOnce = 2,

    /// <summary>Refused.</summary>
    Failure = 0x80,
}

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

/// <summary>One topic filter of a SUBSCRIBE, with the highest QoS that the client wants (MQTT 3.1.1, 3.8.3).</summary>
/// <param name="Filter">Topic filter, with <c>+</c> and <c>#</c> as wildcards.</param>
/// <param name="QualityOfService">The highest QoS of the messages that are to be sent for it.</param>
public readonly record struct MqttSubscription(string Filter, MqttQualityOfService QualityOfService);

/// <summary>One control packet of MQTT 3.1.1.</summary>
public abstract class MqttPacket
{
    private protected MqttPacket(MqttPacketType type) => Type = type;

    /// <summary>Which of the fourteen packets this is.</summary>
    public MqttPacketType Type { get; }
}

/// <summary>A packet that says nothing but which packet it answers, or follows.</summary>
public abstract class MqttAcknowledgement : MqttPacket
{
    private protected MqttAcknowledgement(MqttPacketType type)
        : base(type)
    {
    }

    /// <summary>Packet identifier of the PUBLISH, SUBSCRIBE or UNSUBSCRIBE, 1 to 65,535 (MQTT-2.3.1-6, MQTT-2.3.1-7).</summary>
    public required ushort PacketId { get; init; }
}

/// <summary>CONNECT, the first packet of a client (MQTT 3.1.1, 3.1).</summary>
public sealed class ConnectPacket() : MqttPacket(MqttPacketType.Connect)
{
    /// <summary>Client identifier; may be empty when <see cref="CleanSession"/> is set (MQTT-3.1.3-7).</summary>
    public required string ClientId { get; init; }

    /// <summary>Whether the server forgets what it kept of an earlier session.</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>Longest pause between two packets of the client, in seconds; 0 turns the mechanism off.</summary>
    public ushort KeepAliveSeconds { get; init; }

    /// <summary>The will, or null for none.</summary>
    public MqttWill? Will { get; init; }

    /// <summary>User name, or null for none.</summary>
    public string? UserName { get; init; }

    /// <summary>Password, at most 65,535 bytes, or null for none; only together with a user name (MQTT-3.1.2-22).</summary>
    public ReadOnlyMemory<byte>? Password { get; init; }
}

/// <summary>CONNACK, the server's answer to CONNECT (MQTT 3.1.1, 3.2).</summary>
public sealed class ConnackPacket() : MqttPacket(MqttPacketType.Connack)
{
    /// <summary>
    /// Whether the server still had a session of this client; only with <see cref="MqttConnectReturnCode.Accepted"/> (MQTT-3.2.2-4).
    /// </summary>
    public bool SessionPresent { get; init; }

    /// <summary>The answer.</summary>
    public MqttConnectReturnCode ReturnCode { get; init; }
}

/// <summary>PUBLISH, an application message (MQTT 3.1.1, 3.3).</summary>
public sealed class PublishPacket() : MqttPacket(MqttPacketType.Publish)
{
    /// <summary>Topic name: at least one character, no wildcards (MQTT-4.7.3-1, MQTT-3.3.2-2).</summary>
    public required string Topic { get; init; }

    /// <summary>The message; may be empty.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>How the message is delivered.</summary>
    public MqttQualityOfService QualityOfService { get; init; }

    /// <summary>Whether the server keeps the message for later subscribers.</summary>
    public bool Retain { get; init; }

    /// <summary>Whether this may be a repetition; never with QoS 0 (MQTT-3.3.1-2).</summary>
    public bool Duplicate { get; init; }

    /// <summary>Packet identifier, 1 to 65,535; 0 with QoS 0, which has none (MQTT-2.3.1-1, MQTT-2.3.1-5).</summary>
    public ushort PacketId { get; init; }
}

/// <summary>PUBACK, the answer to a PUBLISH with QoS 1 (MQTT 3.1.1, 3.4).</summary>
public sealed class PubackPacket() : MqttAcknowledgement(MqttPacketType.Puback);

/// <summary>PUBREC, the first answer to a PUBLISH with QoS 2 (MQTT 3.1.1, 3.5).</summary>
public sealed class PubrecPacket() : MqttAcknowledgement(MqttPacketType.Pubrec);

/// <summary>PUBREL, the answer to PUBREC (MQTT 3.1.1, 3.6).</summary>
public sealed class PubrelPacket() : MqttAcknowledgement(MqttPacketType.Pubrel);

/// <summary>PUBCOMP, the answer to PUBREL (MQTT 3.1.1, 3.7).</summary>
public sealed class PubcompPacket() : MqttAcknowledgement(MqttPacketType.Pubcomp);

/// <summary>SUBSCRIBE (MQTT 3.1.1, 3.8).</summary>
public sealed class SubscribePacket() : MqttPacket(MqttPacketType.Subscribe)
{
    /// <summary>Packet identifier, 1 to 65,535 (MQTT-2.3.1-1).</summary>
    public required ushort PacketId { get; init; }

    /// <summary>What is subscribed to, at least one (MQTT-3.8.3-3).</summary>
    public required IReadOnlyList<MqttSubscription> Subscriptions { get; init; }
}

/// <summary>SUBACK, the answer to SUBSCRIBE (MQTT 3.1.1, 3.9).</summary>
public sealed class SubackPacket() : MqttPacket(MqttPacketType.Suback)
{
    /// <summary>Packet identifier of that SUBSCRIBE, 1 to 65,535 (MQTT-2.3.1-7).</summary>
    public required ushort PacketId { get; init; }

    /// <summary>One answer for each topic filter, in their order (MQTT-3.9.3-1).</summary>
    public required IReadOnlyList<MqttSubscribeReturnCode> ReturnCodes { get; init; }
}

/// <summary>UNSUBSCRIBE (MQTT 3.1.1, 3.10).</summary>
public sealed class UnsubscribePacket() : MqttPacket(MqttPacketType.Unsubscribe)
{
    /// <summary>Packet identifier, 1 to 65,535 (MQTT-2.3.1-1).</summary>
    public required ushort PacketId { get; init; }

    /// <summary>Topic filters, at least one, character for character as they were subscribed to (MQTT-3.10.3-2, MQTT-3.10.4-1).</summary>
    public required IReadOnlyList<string> Filters { get; init; }
}

/// <summary>UNSUBACK, the answer to UNSUBSCRIBE (MQTT 3.1.1, 3.11).</summary>
public sealed class UnsubackPacket() : MqttAcknowledgement(MqttPacketType.Unsuback);

/// <summary>PINGREQ, a client that asks for a sign of life (MQTT 3.1.1, 3.12).</summary>
public sealed class PingreqPacket() : MqttPacket(MqttPacketType.Pingreq);

/// <summary>PINGRESP, the server's sign of life (MQTT 3.1.1, 3.13).</summary>
public sealed class PingrespPacket() : MqttPacket(MqttPacketType.Pingresp);

/// <summary>DISCONNECT, the orderly end of a connection (MQTT 3.1.1, 3.14).</summary>
public sealed class DisconnectPacket() : MqttPacket(MqttPacketType.Disconnect);
