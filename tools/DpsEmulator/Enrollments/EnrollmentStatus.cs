namespace DevKit.DpsEmulator.Enrollments;

/// <summary>An enrollment, and what became of its device.</summary>
/// <param name="Enrollment">The enrollment.</param>
/// <param name="AssignedHub">The hub that its device was assigned to; null before the first registration.</param>
/// <param name="LastRegistered">When it last was; null before the first registration.</param>
internal sealed record EnrollmentStatus(Enrollment Enrollment, string? AssignedHub, DateTimeOffset? LastRegistered);
