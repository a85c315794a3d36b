using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DevKit.CertGen.OneBoard;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Batch;

/// <summary>
/// What is to be known of a table before anything is made: how long it is, what it asks for, and which rows have one registration ID, or
/// one secret for two boards. Of a row digests are kept, under a key that this run makes up, and never the secret.
/// </summary>
internal sealed class FleetSurvey
{
    private readonly SharedValues _registrationIds = new();
    private readonly SharedValues _secrets = new();
    private readonly UdsFolder? _given;
    private readonly UdsFolder? _generated;

    private FleetSurvey(UdsFolder? given, UdsFolder? generated)
    {
        _given = given;
        _generated = generated;
    }

    /// <summary>How many rows there are, the refused ones too.</summary>
    public int Rows { get; private set; }

    /// <summary>The first line that asks for a UDS to be generated, or null.</summary>
    public int? FirstToGenerate { get; private set; }

    /// <summary>Whether a UDS stands in it.</summary>
    public bool HoldsSecrets { get; private set; }

    /// <summary>Goes through a table.</summary>
    /// <param name="file">The table.</param>
    /// <param name="image">The image, whose version counts where a row has none.</param>
    /// <param name="given">Where the secrets of rows without one are, or null.</param>
    /// <param name="generated">Where secrets are generated into, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    public static FleetSurvey Of(
        FleetFile file, ImageFile image, UdsFolder? given, UdsFolder? generated, CancellationToken cancellation)
    {
        var found = new FleetSurvey(given, generated);
        byte[] key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
        try
        {
            foreach (FleetCells cells in file.ReadRows())
            {
                cancellation.ThrowIfCancellationRequested();
                found.Add(cells, image, key);
            }
        }
        finally
        {
            SecretBytes.Clear(key);
        }

        found._registrationIds.Compare();
        found._secrets.Compare();
        return found;
    }

    /// <summary>Refuses a row whose ID another row has too, or whose secret another board's has.</summary>
    /// <param name="row">The line of the row.</param>
    /// <param name="registrationId">Its ID.</param>
    /// <exception cref="RowException">It is one of several; their lines are named.</exception>
    public void RequireUnique(int row, string registrationId)
    {
        if (_registrationIds.FindOthers(row) is { } others)
        {
            throw new RowException(
                row, null, $"the registration ID {registrationId} is that of {others} too. Leave all but one of them out.");
        }

        if (_secrets.FindOthers(row) is { } sharers)
        {
            throw new RowException(
                row,
                FleetColumn.Uds,
                $"the UDS of {registrationId} is that of {sharers} too, and who has one board could pass for the other. "
                    + "Give each board its own, or leave all but one of them out.");
        }
    }

    private void Add(FleetCells cells, ImageFile image, byte[] key)
    {
        bool generates = FleetRow.AsksForUds(cells);
        Rows++;
        FirstToGenerate ??= generates ? cells.Line : null;
        HoldsSecrets |= cells.Uds.Length > 0 && !generates;
        byte[]? uds = null;
        try
        {
            string registrationId = FleetRow.ReadRegistrationId(cells, image);
            _registrationIds.Add(cells.Line, Digest(key, Encoding.UTF8.GetBytes(registrationId)), (uint)cells.Line);
            string board = FleetRow.ReadUdsName(cells, registrationId);
            uds = FindUds(cells, board);
            if (uds != null)
            {
                _secrets.Add(cells.Line, Digest(key, uds), (uint)Digest(key, Encoding.UTF8.GetBytes(board)));
            }
        }
        catch (Exception e) when (e is RowException or CommandException)
        {
            // Told when its turn comes.
        }
        finally
        {
            SecretBytes.Clear(uds);
            cells.Clear();
        }
    }

    private byte[]? FindUds(FleetCells cells, string board)
        => FleetRow.AsksForUds(cells) ? _generated?.Find(board)
            : cells.Uds.Length > 0 ? UdsInput.Parse(cells.Uds, "")
            : _given?.Find(board);

    private static ulong Digest(byte[] key, byte[] value)
        => BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(key, value));
}
