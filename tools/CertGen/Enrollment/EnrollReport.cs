namespace DevKit.CertGen.Enrollment;

/// <summary>What became of the enrollments; in a dry run, what would.</summary>
internal sealed record EnrollReport
{
    /// <summary>Whether nothing was changed.</summary>
    public bool DryRun { get; init; }

    public int Created { get; set; }

    public int Updated { get; set; }

    /// <summary>Those that were there, and as they should be.</summary>
    public int Unchanged { get; set; }

    public int Deleted { get; set; }

    /// <summary>Those that were to be deleted, and not there.</summary>
    public int Absent { get; set; }

    /// <summary>Those that could not be done; each was told.</summary>
    public int Failed { get; set; }

    /// <summary>Writes it in words.</summary>
    public void Describe(TextWriter output)
    {
        (string Name, int Count)[] counts =
        [
            ("enrolled", Created), ("updated", Updated), ("there already", Unchanged), ("deleted", Deleted), ("not there", Absent),
            ("failed", Failed),
        ];
        string text = string.Join(", ", counts.Where(count => count.Count > 0).Select(count => $"{count.Name}: {count.Count}"));
        output.WriteLine($"{(DryRun ? "Dry run, nothing was changed; would be " : "Enrollments ")}{(text.Length > 0 ? text : "none")}");
    }
}
