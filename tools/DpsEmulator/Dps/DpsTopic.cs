namespace DevKit.DpsEmulator.Dps;

/// <summary>A device's request to DPS, as its topic has it.</summary>
internal abstract record DpsTopic
{
    /// <summary>Begin to register.</summary>
    internal sealed record Register(string RequestId) : DpsTopic;

    /// <summary>Say how a registration stands.</summary>
    internal sealed record GetStatus(string RequestId, string OperationId) : DpsTopic;
}
