using System.Globalization;

namespace DevKit.Mqtt.Tests.Peers;

/// <summary>Mosquitto's command-line clients.</summary>
internal static class MosquittoClients
{
    /// <summary>Makes <c>mosquitto_sub</c> print a message as <see cref="Line"/> does.</summary>
    internal static readonly string[] LineFormat = ["-F", "%q %r %x %t"];

    /// <summary>A client's path, or the end of the test.</summary>
    internal static string Require(string name) => Programs.Require(name, "install Mosquitto's clients (Debian: mosquitto-clients)");

    /// <summary>The options that name a server and the protocol.</summary>
    internal static string[] Address(int port) =>
        ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-V", "mqttv311"];

    /// <summary>A message's QoS, retain flag, payload in hexadecimal, and topic.</summary>
    internal static string Line(PublishPacket message) => string.Join(
        ' ',
        (int)message.QualityOfService,
        message.Retain ? 1 : 0,
        Convert.ToHexStringLower(message.Payload.Span),
        message.Topic);
}
