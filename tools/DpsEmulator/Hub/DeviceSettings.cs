using DevKit.DpsEmulator.Attestations;

namespace DevKit.DpsEmulator.Hub;

/// <summary>What of a device can be set.</summary>
/// <param name="Authentication">What it must prove itself with.</param>
/// <param name="Enabled">Whether it may connect.</param>
/// <param name="StatusReason">Why it may, or may not; null when nobody said.</param>
internal sealed record DeviceSettings(DeviceAuthentication Authentication, bool Enabled = true, string? StatusReason = null);
