using DevKit.DpsEmulator.Attestations;

namespace DevKit.DpsEmulator.Enrollments;

/// <summary>An individual enrollment.</summary>
/// <param name="RegistrationId">The device's name at DPS; with a certificate, that one's common name.</param>
/// <param name="DeviceId">The device's name at the hub.</param>
/// <param name="Enabled">Whether the device may register.</param>
/// <param name="Certificate">The certificate that the device must show, DER; null with a symmetric key.</param>
/// <param name="Attestation">What the device must prove itself with: that certificate, or the key.</param>
/// <param name="Created">When it was made.</param>
internal sealed record Enrollment(
    string RegistrationId, string DeviceId, bool Enabled, byte[]? Certificate, Attestation Attestation, DateTimeOffset Created);
