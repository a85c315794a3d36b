namespace DevKit.CertGen.Batch;

/// <summary>What became of a fleet's file.</summary>
/// <param name="Rows">The rows that were read.</param>
/// <param name="Made">How many certificates were made.</param>
/// <param name="Unchanged">How many were there already, byte for byte.</param>
/// <param name="Refused">How many rows were refused.</param>
/// <param name="Manifest">The manifest's file.</param>
internal sealed record BatchReport(int Rows, int Made, int Unchanged, int Refused, string Manifest)
{
    /// <summary>Writes it in words.</summary>
    public void Describe(TextWriter output)
    {
        output.WriteLine($"Certificates made: {Made}, there already: {Unchanged}, rows refused: {Refused}");
        output.WriteLine($"Manifest: {Manifest}");
    }
}
