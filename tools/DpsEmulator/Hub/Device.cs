namespace DevKit.DpsEmulator.Hub;

/// <summary>A device that a registration made at the hub.</summary>
/// <param name="DeviceId">Its name at the hub.</param>
/// <param name="RegistrationId">The registration that made it.</param>
/// <param name="Thumbprint">SHA-256 of the certificate that it must show, hexadecimal in upper case.</param>
/// <param name="AssignedHub">The hub's DNS name.</param>
/// <param name="Created">First registration.</param>
/// <param name="Updated">Latest registration.</param>
/// <param name="ETag">Changes with each registration.</param>
internal sealed record Device(
    string DeviceId,
    string RegistrationId,
    string Thumbprint,
    string AssignedHub,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    string ETag);
