namespace DevKit.DpsEmulator.Hub;

/// <summary>How many devices a hub has.</summary>
/// <param name="Total">All.</param>
/// <param name="Enabled">Those that may connect.</param>
/// <param name="Connected">Those that are connected.</param>
internal sealed record DeviceCounts(long Total, long Enabled, long Connected);
