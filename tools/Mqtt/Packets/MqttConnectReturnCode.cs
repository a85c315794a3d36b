namespace DevKit.Mqtt;

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
