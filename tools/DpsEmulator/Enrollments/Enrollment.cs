using DevKit.DpsEmulator.Attestations;

namespace DevKit.DpsEmulator.Enrollments;

/// <summary>An enrollment: who may register, by what proof, and what becomes of them.</summary>
/// <param name="Kind">One device, or a group.</param>
/// <param name="Id">The registration ID of the device, or the group's ID; one in any case.</param>
/// <param name="Attestation">What a device must prove itself with.</param>
/// <param name="Settings">What becomes of it.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Updated">When it was last changed.</param>
/// <param name="ETag">Changes with each change.</param>
internal sealed record Enrollment(
    EnrollmentKind Kind,
    string Id,
    Attestation Attestation,
    EnrollmentSettings Settings,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    string ETag);
