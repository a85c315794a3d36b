using DevKit.Fleet.Devices;
using DevKit.Fleet.Servers;

namespace DevKit.Fleet.Reports;

/// <summary>How a run went.</summary>
/// <param name="Devices">How many devices there were.</param>
/// <param name="Times">How long each phase took.</param>
/// <param name="Failures">Each reason by which devices were lost, and how many.</param>
/// <param name="Joining">How long it took until the last had joined.</param>
/// <param name="Before">What the server had used before the first device came; null where it is not known.</param>
/// <param name="Joined">What it had used when the last had joined.</param>
/// <param name="Stayed">What it had used when all had stayed.</param>
/// <param name="Queries">What the page and queries took while the devices joined; null where nobody asked.</param>
internal sealed record FleetResult(
    int Devices,
    PhaseTimes Times,
    IReadOnlyDictionary<string, int> Failures,
    TimeSpan Joining,
    ServerUsage? Before,
    ServerUsage? Joined,
    ServerUsage? Stayed,
    QueryLoad? Queries)
{
    /// <summary>How many devices were lost.</summary>
    internal int Lost => Failures.Values.Sum();

    /// <summary>The server's processor time for a device to join.</summary>
    internal TimeSpan? ProcessorPerDevice => (Joined?.Processor - Before?.Processor) / Devices;

    /// <summary>The server's memory for a device that stays connected, bytes.</summary>
    internal double? MemoryPerDevice => (double?)(Stayed?.Memory - Before?.Memory) / Devices;
}
