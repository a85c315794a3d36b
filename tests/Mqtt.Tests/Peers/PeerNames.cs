namespace DevKit.Mqtt.Tests.Peers;

/// <summary>The implementations that ours is held against.</summary>
[Flags]
public enum PeerNames
{
    None = 0,

    /// <summary>The .NET client library, as its channel adapter reads and writes.</summary>
    MqttNet = 1,

    /// <summary>The codec of MQTT.js, the npm package mqtt-packet, in a process of its own.</summary>
    MqttJs = 2,

    /// <summary>The broker and its clients, in C, behind a socket.</summary>
    Mosquitto = 4,
}

internal static class PeerNamesExtensions
{
    /// <summary>Opens a peer that is a codec; a broker has no codec that can be called.</summary>
    internal static IPeer Open(this PeerNames name) => name switch
    {
        PeerNames.MqttNet => new MqttNetPeer(),
        PeerNames.MqttJs => new MqttJsPeer(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "This peer is no codec."),
    };
}
