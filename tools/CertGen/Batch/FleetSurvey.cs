using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DevKit.CertGen.OneBoard;

namespace DevKit.CertGen.Batch;

/// <summary>
/// What is to be known of a table before anything is made: how long it is, what it asks for, and which registration IDs more than one row
/// has. Of a row a hash and a line are kept, 20 bytes, and after the survey only those of IDs that are there twice.
/// </summary>
internal sealed class FleetSurvey
{
    private readonly Dictionary<UInt128, int[]> _lines = [];

    /// <summary>How many rows there are, the refused ones too.</summary>
    public int Rows { get; private set; }

    /// <summary>The first line that asks for a UDS to be generated, or null.</summary>
    public int? FirstToGenerate { get; private set; }

    /// <summary>Whether a UDS stands in it.</summary>
    public bool HoldsSecrets { get; private set; }

    /// <summary>Goes through a table.</summary>
    public static FleetSurvey Of(FleetFile file, ImageFile image, CancellationToken cancellation)
    {
        var found = new FleetSurvey();
        List<UInt128> hashes = [];
        List<int> lines = [];
        foreach (FleetCells cells in file.ReadRows())
        {
            found.Rows++;
            bool generates = FleetRow.AsksForUds(cells);
            found.FirstToGenerate ??= generates ? cells.Line : null;
            found.HoldsSecrets |= cells.Uds.Length > 0 && !generates;
            cells.Clear();
            cancellation.ThrowIfCancellationRequested();
            try
            {
                hashes.Add(Hash(FleetRow.ReadRegistrationId(cells, image)));
                lines.Add(cells.Line);
            }
            catch (RowException)
            {
                // Told when its turn comes.
            }
        }

        found.Keep([.. hashes], [.. lines]);
        return found;
    }

    /// <summary>Refuses a row whose ID another row has too.</summary>
    /// <param name="row">The line of the row.</param>
    /// <param name="registrationId">Its ID.</param>
    /// <exception cref="RowException">It is one of several; all their lines are named.</exception>
    public void RequireUnique(int row, string registrationId)
    {
        if (_lines.Count > 0 && _lines.TryGetValue(Hash(registrationId), out int[]? lines))
        {
            string others = string.Join(", ", lines.Where(line => line != row));
            throw new RowException(
                row, null, $"the registration ID {registrationId} is that of line {others} too. Leave all but one of them out.");
        }
    }

    private static UInt128 Hash(string id)
        => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private void Keep(UInt128[] hashes, int[] lines)
    {
        Array.Sort(hashes, lines);
        for (int start = 0, end; start < hashes.Length; start = end)
        {
            for (end = start + 1; end < hashes.Length && hashes[end] == hashes[start]; end++)
            {
            }

            if (end - start > 1)
            {
                _lines.Add(hashes[start], [.. lines[start..end].Order()]);
            }
        }
    }
}
