namespace DevKit.Mqtt;

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
