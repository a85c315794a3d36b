using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>What stands behind an accepted connection: DPS, or the hub.</summary>
internal interface IMqttSession
{
    /// <summary>Who is connected to what, for the log.</summary>
    string Name { get; }

    /// <summary>The device knows that it is connected.</summary>
    void Opened();

    /// <summary>Whether a topic filter is one that this service knows.</summary>
    bool Allows(string filter);

    /// <summary>A filter was granted, and the device knows.</summary>
    ValueTask SubscribedAsync(string filter, CancellationToken cancellationToken);

    /// <summary>A message came, with QoS 0 or 1; it is acknowledged when this returns.</summary>
    /// <exception cref="MqttProtocolException">The service closes the connection over such a message.</exception>
    ValueTask ReceiveAsync(PublishPacket message, CancellationToken cancellationToken);

    /// <summary>The connection is over.</summary>
    /// <param name="orderly">Whether the device said goodbye; if not, its will is due.</param>
    void Closed(bool orderly);
}
