using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>Something that the program is told.</summary>
/// <param name="Message">What was received; or what was to be published, and was given up.</param>
/// <param name="IsGivenUp">Whether no answer came to it.</param>
internal readonly record struct ClientEvent(MqttMsgBase Message, bool IsGivenUp = false);
