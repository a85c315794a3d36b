using System.Text.Json;

namespace DevKit.Mqtt.Tests;

/// <summary>Packets as JSON: two packets are equal when their texts are, and <c>mqtt-packet.js</c> reads and writes it too.</summary>
internal static class PacketText
{
    /// <summary>Camel case, numbers for enumerations, base64 for bytes, every character beyond ASCII escaped.</summary>
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>All that the packet says.</summary>
    internal static string Describe(MqttPacket packet) => $"{packet.Type} {JsonSerializer.Serialize(packet, packet.GetType(), Options)}";

    /// <summary>The packet that a peer described.</summary>
    internal static MqttPacket Parse(MqttPacketType type, JsonElement packet)
    {
        Type packetType = typeof(MqttPacket).Assembly.GetType($"{typeof(MqttPacket).Namespace}.{type}Packet", throwOnError: true)!;
        return (MqttPacket)packet.Deserialize(packetType, Options)!;
    }
}
