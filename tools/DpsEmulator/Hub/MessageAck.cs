namespace DevKit.DpsEmulator.Hub;

/// <summary>Of what end of a message to a device its sender wants to hear; <c>iothub-ack</c> in the message's properties.</summary>
[Flags]
internal enum MessageAck
{
    /// <summary>Of none.</summary>
    None = 0,

    /// <summary>That the device has it.</summary>
    Positive = 1,

    /// <summary>That it is dead-lettered.</summary>
    Negative = 2,

    /// <summary>Of either.</summary>
    Full = Positive | Negative,
}
