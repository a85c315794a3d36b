using System.Text.Json;
using DevKit.CertGen.Terminals;

namespace DevKit.CertGen.Batch;

/// <summary>What is wrong with a row of a fleet's file. The other rows are none the worse for it.</summary>
internal sealed class RowException : Exception
{
    /// <param name="line">The line that the row begins on, from 1.</param>
    /// <param name="column">The column, or null when it is the row as a whole.</param>
    /// <param name="problem">A sentence on what is wrong, with the value, and one on what to do.</param>
    public RowException(int line, FleetColumn? column, string problem)
        : base($"line {line}{(column is { } named ? ", column " + NameOf(named) : "")}: {PrintableText.Of(problem)}")
    {
    }

    /// <summary>A column as its header spells it.</summary>
    public static string NameOf(FleetColumn column) => JsonNamingPolicy.CamelCase.ConvertName(column.ToString());
}
