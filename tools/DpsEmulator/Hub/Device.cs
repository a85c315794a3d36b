using DevKit.DpsEmulator.Attestations;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A device of the hub, made by a registration or by hand.</summary>
/// <param name="DeviceId">Its name at the hub.</param>
/// <param name="RegistrationId">The registration that made it; null when it was made by hand.</param>
/// <param name="Attestation">What it must prove itself with.</param>
/// <param name="AssignedHub">The hub's DNS name.</param>
/// <param name="Created">When it was made: first registration.</param>
/// <param name="Updated">Latest registration.</param>
/// <param name="ETag">Changes with each registration.</param>
internal sealed record Device(
    string DeviceId,
    string? RegistrationId,
    Attestation Attestation,
    string AssignedHub,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    string ETag);
