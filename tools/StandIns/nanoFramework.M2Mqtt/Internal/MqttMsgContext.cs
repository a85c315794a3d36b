using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>Which way a message goes.</summary>
internal enum MqttMsgFlow
{
    ToPublish,
    ToAcknowledge,
}

/// <summary>What a message in flight is to do, or waits for.</summary>
internal enum MqttMsgState
{
    QueuedQos0,
    QueuedQos1,
    QueuedQos2,
    SendPubrel,
    WaitForPuback,
    WaitForPubrec,
    WaitForPubrel,
    WaitForPubcomp,
    WaitForSuback,
    WaitForUnsuback,
}

/// <summary>A message in flight.</summary>
internal sealed class MqttMsgContext(MqttMsgBase message, MqttMsgFlow flow)
{
    internal MqttMsgBase Message { get; } = message;

    internal MqttMsgFlow Flow { get; } = flow;

    internal MqttMsgState State { get; set; }

    /// <summary>How often it was sent.</summary>
    internal int Attempt { get; set; }

    /// <summary>When it was sent last, on the clock of <see cref="Environment.TickCount64"/>.</summary>
    internal long Timestamp { get; set; }

    /// <summary>What a kept session knows it by: the two directions have identifiers of their own.</summary>
    internal (MqttMsgFlow Flow, ushort MessageId) Key => (Flow, Message.MessageId);
}
