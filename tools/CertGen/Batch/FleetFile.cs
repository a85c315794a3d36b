using System.Text;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using nietras.SeparatedValues;

namespace DevKit.CertGen.Batch;

/// <summary>
/// A table of boards as spreadsheets write it: separated by comma, semicolon or tab, with a byte order mark and quotes or without. It is
/// read row by row.
/// </summary>
internal sealed class FleetFile : IDisposable
{
    private const string Remedy = "The first line names the columns: registrationId, or mac and firmware; uds; deviceId, hub, tags.";

    private readonly SepReader _reader;
    private readonly FleetColumn?[] _columns;

    private FleetFile(SepReader reader, FleetColumn?[] columns)
    {
        _reader = reader;
        _columns = columns;
    }

    /// <summary>Opens a table and reads its first line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="terminal">Who is warned of columns that are not known; null for nobody.</param>
    /// <exception cref="CommandException">There is none, it can't be read, or its columns are not those of a fleet.</exception>
    public static FleetFile Open(string path, Terminal? terminal)
    {
        if (!File.Exists(path))
        {
            throw new CommandException($"The table {path} {(Directory.Exists(path) ? "is a folder" : "does not exist")}. Name a CSV file.");
        }

        try
        {
            SepReader reader = Sep.Reader(options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = true })
                .From(new StreamReader(path, Encoding.UTF8));
            return new FleetFile(reader, ReadHeader(reader, path, terminal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The table {path} can't be read: {e.Message} Make it readable, and close it elsewhere.");
        }
    }

    /// <summary>The rows, but those without any text.</summary>
    /// <returns>Cells, for the caller to clear.</returns>
    public IEnumerable<FleetCells> ReadRows()
    {
        while (MoveNext(out string? problem))
        {
            if (problem != null)
            {
                // The row that could not be read begins where the last one ended.
                yield return new FleetCells(_reader.Current.LineNumberToExcl) { Problem = problem };
                yield break;
            }

            if (ReadRow(_reader.Current) is { } cells)
            {
                yield return cells;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static FleetColumn?[] ReadHeader(SepReader reader, string path, Terminal? terminal)
    {
        if (!reader.MoveNext())
        {
            throw new CommandException($"The table {path} is empty. {Remedy}");
        }

        List<FleetColumn?> columns = [];
        for (int i = 0; i < reader.Current.ColCount; i++)
        {
            string name = PrintableText.Of(reader.Current[i].ToString().Trim());
            FleetColumn? column = Find(name);
            if (column != null && columns.Contains(column))
            {
                throw new CommandException($"The table {path} has two columns {name}. Leave one of them out.");
            }

            if (column == null && name.Length > 0)
            {
                terminal?.Warn($"the column {name} of {path} is not known, and passed over. {Remedy}");
            }

            columns.Add(column);
        }

        if (!columns.Contains(FleetColumn.RegistrationId) && !columns.Contains(FleetColumn.Mac))
        {
            throw new CommandException($"The table {path} has neither a column registrationId nor a column mac. {Remedy}");
        }

        return [.. columns];
    }

    private static FleetColumn? Find(string name)
        => Enum.GetValues<FleetColumn>()
            .Cast<FleetColumn?>()
            .FirstOrDefault(column => column.ToString()!.Equals(name, StringComparison.OrdinalIgnoreCase));

    // A quote that is never closed makes one row of the rest of the file, up to the length that the reader allows.
    private bool MoveNext(out string? problem)
    {
        problem = null;
        try
        {
            return _reader.MoveNext();
        }
        catch (Exception e) when (e is NotSupportedException or InvalidDataException)
        {
            problem = "this row is longer than any can be. Look for a quotation mark that is not closed.";
            return true;
        }
    }

    private FleetCells? ReadRow(SepReader.Row row)
    {
        var cells = new FleetCells(row.LineNumberFrom);
        bool isEmpty = true;
        for (int i = 0; i < row.ColCount; i++)
        {
            ReadOnlySpan<char> text = row[i].Span.Trim();
            isEmpty &= text.IsEmpty;
            if (i < _columns.Length && _columns[i] is { } column)
            {
                Put(cells, column, text);
            }
        }

        if (row.ColCount != _columns.Length)
        {
            cells.Problem = $"this row has {row.ColCount} cells, and the table {_columns.Length} columns. Look for a separator or a "
                + "quotation mark that is missing, or too many.";
        }

        return isEmpty ? null : cells;
    }

    private static void Put(FleetCells cells, FleetColumn column, ReadOnlySpan<char> text)
    {
        if (column != FleetColumn.Uds)
        {
            cells[column] = text.ToString();
            return;
        }

        cells.Uds = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            cells.Uds[i] = char.IsAscii(text[i]) ? (byte)text[i] : (byte)'?';
        }
    }
}
