namespace nanoFramework.M2Mqtt.Messages;

/// <summary>PUBLISH. The payload is the program's array, not a copy: it is read when the message is sent, and sent again.</summary>
internal sealed class MqttMsgPublish() : MqttMsgBase(MqttMessageType.Publish)
{
    internal string Topic { get; init; }

    internal byte[] Message { get; init; }
}
