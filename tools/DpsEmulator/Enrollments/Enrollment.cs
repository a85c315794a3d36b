namespace DevKit.DpsEmulator.Enrollments;

/// <summary>An individual enrollment with an X.509 certificate.</summary>
/// <param name="RegistrationId">The certificate's common name.</param>
/// <param name="DeviceId">The device's name at the hub.</param>
/// <param name="Enabled">Whether the device may register.</param>
/// <param name="Certificate">The certificate that the device must show, DER.</param>
/// <param name="Created">When it was made.</param>
internal sealed record Enrollment(string RegistrationId, string DeviceId, bool Enabled, byte[] Certificate, DateTimeOffset Created);
