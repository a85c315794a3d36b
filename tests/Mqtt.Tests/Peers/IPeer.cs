namespace DevKit.Mqtt.Tests.Peers;

/// <summary>Somebody else's MQTT codec.</summary>
internal interface IPeer : IDisposable
{
    /// <summary>Decodes the one packet that the bytes are.</summary>
    /// <exception cref="PeerRefusedException">The peer takes them for no packet, or for more than one.</exception>
    /// <exception cref="System.Text.Json.JsonException">The peer makes a packet of them whose numbers do not fit.</exception>
    MqttPacket Decode(byte[] bytes);

    /// <summary>Encodes a packet.</summary>
    byte[] Encode(MqttPacket packet);
}

/// <summary>A peer does not decode what it was given.</summary>
internal sealed class PeerRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
