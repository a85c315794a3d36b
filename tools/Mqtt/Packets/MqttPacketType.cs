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

    /// <summary>Either way: a QoS 1 message was taken.</summary>
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
