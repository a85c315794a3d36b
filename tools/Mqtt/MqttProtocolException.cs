namespace DevKit.Mqtt;

/// <summary>
/// A packet that MQTT 3.1.1 forbids, received or about to be sent. Whoever receives one closes the network connection
/// (MQTT 3.1.1, 4.8).
/// </summary>
public sealed class MqttProtocolException : Exception
{
    /// <summary>Says nothing of what was wrong.</summary>
    public MqttProtocolException()
        : this("A packet violates MQTT 3.1.1.")
    {
    }

    /// <summary>A packet that is forbidden.</summary>
    /// <param name="message">What was wrong, with the value and the clause.</param>
    public MqttProtocolException(string message)
        : base(message)
    {
    }

    /// <summary>A packet that is forbidden, found by way of another error.</summary>
    /// <param name="message">What was wrong, with the value and the clause.</param>
    /// <param name="innerException">The other error.</param>
    public MqttProtocolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A CONNECT that a server answers before it closes.</summary>
    /// <param name="message">What was wrong, with the value and the clause.</param>
    /// <param name="refusal">What the server answers.</param>
    public MqttProtocolException(string message, MqttConnectReturnCode refusal)
        : base(message)
    {
        Refusal = refusal;
    }

    /// <summary>What a server answers in a CONNACK before it closes, or null when it just closes.</summary>
    public MqttConnectReturnCode? Refusal { get; }
}
