namespace DevKit.Mqtt.Tests.Peers;

/// <summary>How <c>mosquitto_sub</c> is made to print messages, a line each.</summary>
internal static class MosquittoLines
{
    /// <summary>Makes it print a message as <see cref="Line"/> does.</summary>
    internal static readonly string[] Format = ["-F", "%q %r %x %t"];

    /// <summary>A message's QoS, retain flag, payload in hexadecimal, and topic.</summary>
    internal static string Line(PublishPacket message) => string.Join(
        ' ',
        (int)message.QualityOfService,
        message.Retain ? 1 : 0,
        Convert.ToHexStringLower(message.Payload.Span),
        message.Topic);
}
