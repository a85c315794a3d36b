using DevKit.DpsEmulator.Attestations;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A device of a hub, made by a registration or by hand.</summary>
/// <param name="Address">Which hub's, and its name there.</param>
/// <param name="RegistrationId">The registration that made it; null when it was made by hand.</param>
/// <param name="Authentication">What it must prove itself with.</param>
/// <param name="Enabled">Whether it may connect.</param>
/// <param name="StatusReason">Why it may, or may not; null when nobody said.</param>
/// <param name="StatusUpdated">When <paramref name="Enabled"/> changed last; null for never.</param>
/// <param name="GenerationId">Tells it from an earlier device of the same name.</param>
/// <param name="ETag">Changes with each change of what stands above, without quotes.</param>
/// <param name="Created">When it was made: first registration.</param>
/// <param name="Updated">Latest registration.</param>
/// <param name="Connection">Whether it is connected, and when it was heard of last.</param>
internal sealed record Device(
    DeviceAddress Address,
    string? RegistrationId,
    DeviceAuthentication Authentication,
    bool Enabled,
    string? StatusReason,
    DateTimeOffset? StatusUpdated,
    string GenerationId,
    string ETag,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    ConnectionState Connection)
{
    /// <summary>Its name at the hub.</summary>
    internal string DeviceId => Address.DeviceId;
}
