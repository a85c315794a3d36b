using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>What stands behind an accepted connection: DPS, or the hub.</summary>
internal interface IMqttSession
{
    /// <summary>Who is connected to what, for the log.</summary>
    string Name { get; }

    /// <summary>Whether a topic filter is one that this service knows.</summary>
    bool CanSubscribe(string filter);

    /// <summary>A filter was granted, and the device knows.</summary>
    void Subscribed(string filter);

    /// <summary>Handles a message that came with QoS 0 or 1; it is acknowledged when this returns.</summary>
    /// <exception cref="MqttProtocolException">The service closes the connection over such a message.</exception>
    ValueTask ReceiveAsync(PublishPacket message);

    /// <summary>The connection is over, and nothing can be sent over it any more.</summary>
    /// <param name="orderly">Whether the device sent DISCONNECT; if not, its will is due (MQTT 3.1.1, 3.1.2.5).</param>
    ValueTask CloseAsync(bool orderly);
}
