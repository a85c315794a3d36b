using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Enrollments;

namespace DevKit.DpsEmulator.Http;

/// <summary>An enrollment as the API shows it: never its key.</summary>
internal sealed record EnrollmentView(
    string RegistrationId,
    string DeviceId,
    bool Enabled,
    DateTimeOffset Created,
    string Attestation,
    string? CertificateFingerprint,
    string? Issuer,
    DateTimeOffset? NotBefore,
    DateTimeOffset? NotAfter,
    string? AssignedHub,
    DateTimeOffset? LastRegistered)
{
    internal static EnrollmentView From(EnrollmentStatus status)
    {
        Enrollment enrollment = status.Enrollment;
        using X509Certificate2? certificate =
            enrollment.Certificate is null ? null : X509CertificateLoader.LoadCertificate(enrollment.Certificate);
        return new EnrollmentView(
            enrollment.RegistrationId,
            enrollment.DeviceId,
            enrollment.Enabled,
            enrollment.Created,
            certificate is null ? EnrollmentRequest.SymmetricKey : EnrollmentRequest.X509,
            certificate?.GetCertHashString(HashAlgorithmName.SHA256),
            certificate?.Issuer,
            certificate?.NotBefore.ToUniversalTime(),
            certificate?.NotAfter.ToUniversalTime(),
            status.AssignedHub,
            status.LastRegistered);
    }
}

/// <summary>The key of an enrollment, for who asks for it.</summary>
/// <param name="RegistrationId">Whose it is.</param>
/// <param name="PrimaryKey">The key, base64.</param>
/// <param name="ConnectionString">What a DevKit's console takes with <c>set_az_iotdps</c>.</param>
internal sealed record EnrollmentKeyView(string RegistrationId, string PrimaryKey, string ConnectionString);
