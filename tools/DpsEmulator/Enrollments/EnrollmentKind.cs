namespace DevKit.DpsEmulator.Enrollments;

/// <summary>Whom an enrollment is for.</summary>
internal enum EnrollmentKind
{
    /// <summary>One device, named by its registration ID.</summary>
    Individual,

    /// <summary>Every device that a CA vouches for, or whose key is derived from the group's.</summary>
    Group,
}
