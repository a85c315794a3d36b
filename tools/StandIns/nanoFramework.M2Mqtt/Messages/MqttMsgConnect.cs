namespace nanoFramework.M2Mqtt.Messages;

/// <summary>CONNECT.</summary>
internal sealed class MqttMsgConnect() : MqttMsgBase(MqttMessageType.Connect)
{
    internal string ClientId { get; init; }

    internal string Username { get; init; }

    internal string Password { get; init; }

    internal bool WillFlag { get; init; }

    internal MqttQoSLevel WillQosLevel { get; init; }

    internal bool WillRetain { get; init; }

    internal string WillTopic { get; init; }

    internal string WillMessage { get; init; }

    internal bool CleanSession { get; init; }

    internal ushort KeepAlivePeriod { get; init; }
}
