using DevKit.Mqtt.Tests.Peers;

namespace DevKit.Mqtt.Tests;

/// <summary>A packet with its bytes, which are written out by hand from the standard's figures.</summary>
internal sealed class PacketSample
{
    /// <param name="name">What is special about it.</param>
    /// <param name="packet">What the bytes say.</param>
    /// <param name="hex">The bytes in hexadecimal, blanks allowed.</param>
    /// <param name="zeros">How many zero bytes follow.</param>
    internal PacketSample(string name, MqttPacket packet, string hex, int zeros = 0)
    {
        Name = name;
        Packet = packet;
        Bytes = [.. Parse(hex), .. new byte[zeros]];
    }

    internal string Name { get; }

    internal MqttPacket Packet { get; }

    internal byte[] Bytes { get; }

    /// <summary>Peers that make use of a MAY of the standard and refuse this one.</summary>
    internal PeerNames MayBeRefusedBy { get; init; }

    internal static byte[] Parse(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
