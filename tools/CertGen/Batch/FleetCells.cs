using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Batch;

/// <summary>The cells of one row as they stand in the file.</summary>
/// <param name="line">The line that the row begins on, from 1.</param>
internal sealed class FleetCells(int line)
{
    private readonly string[] _texts = [.. Enumerable.Repeat("", Enum.GetValues<FleetColumn>().Length)];

    /// <summary>The line that the row begins on, from 1.</summary>
    public int Line => line;

    /// <summary>The UDS's cell, a byte a character ('?' for one beyond ASCII); it never becomes a string.</summary>
    public byte[] Uds { get; set; } = [];

    /// <summary>What is wrong with the row as such, or null.</summary>
    public string? Problem { get; set; }

    /// <summary>A cell without the blanks around it, "" where there is none.</summary>
    public string this[FleetColumn column]
    {
        get => _texts[(int)column];
        set => _texts[(int)column] = value;
    }

    /// <summary>Reads a cell, and says by its column what is refused.</summary>
    /// <exception cref="RowException">It is refused, may be a secret, or is no Unicode.</exception>
    public T Read<T>(FleetColumn column, Func<string, T> read)
    {
        string text = this[column];
        if (text.Length >= Dice.Uds.TextLength && CommandRunner.MayBeSecret(text))
        {
            throw new RowException(line, column, "this looks like a UDS and is not shown. Put it into the column uds.");
        }

        if (text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            throw new RowException(line, column, "this is no UTF-8. Save the table as \"CSV UTF-8\".");
        }

        try
        {
            return read(text);
        }
        catch (CommandException e)
        {
            throw new RowException(line, column, e.Message);
        }
    }

    /// <summary>Wipes the secret.</summary>
    public void Clear() => SecretBytes.Clear(Uds);
}
