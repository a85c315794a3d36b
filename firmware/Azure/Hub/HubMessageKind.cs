namespace DevKit.Azure.Hub
{
    /// <summary>What a message from a hub is.</summary>
    public enum HubMessageKind : byte
    {
        /// <summary>Nothing that the device asked for.</summary>
        Unrecognized,

        /// <summary>A message that somebody sent to the device.</summary>
        ToDevice,

        /// <summary>A direct method that waits for its answer.</summary>
        Method,

        /// <summary>The twin, or the answer to a report.</summary>
        TwinAnswer,

        /// <summary>A change of the desired properties.</summary>
        DesiredChange,
    }
}
