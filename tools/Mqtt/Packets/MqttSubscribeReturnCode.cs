namespace DevKit.Mqtt;

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
