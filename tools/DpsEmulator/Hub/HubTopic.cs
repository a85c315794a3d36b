namespace DevKit.DpsEmulator.Hub;

/// <summary>What a device sends to the hub, as its topic has it.</summary>
internal abstract record HubTopic
{
    /// <summary>Telemetry.</summary>
    internal sealed record Telemetry(Dictionary<string, string> Properties) : HubTopic;

    /// <summary>A request for the twin.</summary>
    internal sealed record GetTwin(string RequestId) : HubTopic;

    /// <summary>A change of the reported properties.</summary>
    internal sealed record ReportProperties(string RequestId) : HubTopic;

    /// <summary>The answer to a direct method.</summary>
    internal sealed record MethodAnswer(string RequestId, int Status) : HubTopic;
}
