using System.Runtime.ExceptionServices;
using DevKit.CertGen.Manifests;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Batch;

/// <summary>Goes through a fleet's file, some rows at a time: however long it is, no more of it is held.</summary>
internal sealed class BatchRun(ImageFile image, BoardMaker maker, FleetSurvey survey, Manifest manifest, WorkProgress progress)
{
    // How many rows are held at once.
    private const int ChunkLength = 256;

    private int _made;
    private int _unchanged;
    private int _refused;
    private int _otherFirmware;

    /// <summary>Makes what is to be made, adds it to the manifest, and tells of what is refused.</summary>
    /// <param name="file">The table.</param>
    /// <param name="manifestPath">The manifest's file, for the report.</param>
    /// <param name="cancellation">Ends it; what is made stays.</param>
    /// <exception cref="CommandException">A file can't be written.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public BatchReport Run(FleetFile file, string manifestPath, CancellationToken cancellation)
    {
        foreach (FleetCells[] chunk in file.ReadRows().Chunk(ChunkLength))
        {
            RunChunk(chunk, cancellation);
            progress.Advance(chunk.Length);
        }

        if (_otherFirmware > 0)
        {
            progress.Terminal.Warn(
                $"the image states version {image.Version}; rows that state another: {_otherFirmware}. A device that makes its "
                + "registration ID of the image's version would be refused.");
        }

        return new BatchReport(_made + _unchanged + _refused, _made, _unchanged, _refused, manifestPath);
    }

    private void RunChunk(FleetCells[] chunk, CancellationToken cancellation)
    {
        var outcomes = new Outcome[chunk.Length];
        var rows = new FleetRow?[chunk.Length];
        try
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < chunk.Length; i++)
            {
                (rows[i], outcomes[i]) = Read(chunk[i]);
            }

            InParallel(chunk.Length, i => outcomes[i] = rows[i] is { } row ? Make(row) : outcomes[i], cancellation);
        }
        finally
        {
            Array.ForEach(chunk, cells => cells.Clear());
            Array.ForEach(rows, row => row?.Clear());
        }

        Array.ForEach(outcomes, Count);
    }

    private (FleetRow? Row, Outcome Outcome) Read(FleetCells cells)
    {
        try
        {
            survey.RequireUnique(cells.Line, FleetRow.ReadRegistrationId(cells, image));
            FleetRow row = FleetRow.Read(cells, image, progress.Terminal);
            _otherFirmware += row.HasOtherFirmware ? 1 : 0;
            return (row, default);
        }
        catch (RowException e)
        {
            return (null, new Outcome(null, false, e.Message));
        }
    }

    private Outcome Make(FleetRow row)
    {
        try
        {
            (ManifestEntry entry, bool isNew) = maker.Make(row);
            return new Outcome(entry, isNew, null);
        }
        catch (RowException e)
        {
            return new Outcome(null, false, e.Message);
        }
    }

    private void Count(Outcome outcome)
    {
        if (outcome.Entry is { } entry)
        {
            manifest.Add(entry);
            _made += outcome.IsNew ? 1 : 0;
            _unchanged += outcome.IsNew ? 0 : 1;
        }
        else
        {
            _refused++;
            progress.Terminal.Error.WriteLine($"Error: {outcome.Problem}");
        }
    }

    private static void InParallel(int count, Action<int> work, CancellationToken cancellation)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private readonly record struct Outcome(ManifestEntry? Entry, bool IsNew, string? Problem);
}
