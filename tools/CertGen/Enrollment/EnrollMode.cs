namespace DevKit.CertGen.Enrollment;

/// <summary>What is to be done with enrollments.</summary>
/// <param name="Delete">Whether they are deleted, and not made.</param>
/// <param name="Update">Whether those that differ are changed.</param>
/// <param name="DryRun">Whether it is only told what would be done.</param>
internal sealed record EnrollMode(bool Delete, bool Update, bool DryRun);
