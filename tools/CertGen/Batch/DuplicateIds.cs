using System.Security.Cryptography;
using System.Text;
using DevKit.CertGen.OneBoard;

namespace DevKit.CertGen.Batch;

/// <summary>
/// The registration IDs that more than one row has. It is found out before anything is made, by hashes of which a fleet's fit into a few
/// bytes a row.
/// </summary>
internal sealed class DuplicateIds
{
    private readonly Dictionary<UInt128, int[]> _lines = [];

    /// <summary>How many rows there are, the refused ones too.</summary>
    public int Rows { get; private set; }

    /// <summary>The first line that asks for a UDS to be generated, or null.</summary>
    public int? FirstToGenerate { get; private set; }

    /// <summary>How many IDs are held beyond the search.</summary>
    public int Count => _lines.Count;

    /// <summary>Searches a table.</summary>
    public static DuplicateIds Find(FleetFile file, ImageFile image, CancellationToken cancellation)
    {
        var found = new DuplicateIds();
        List<UInt128> hashes = [];
        List<int> lines = [];
        foreach (FleetCells cells in file.ReadRows())
        {
            cancellation.ThrowIfCancellationRequested();
            found.Rows++;
            found.FirstToGenerate ??= FleetRow.AsksForUds(cells) ? cells.Line : null;
            cells.Clear();
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
    /// <exception cref="RowException">It is one of several; all their lines are named.</exception>
    public void RequireOne(FleetRow row)
    {
        if (_lines.Count > 0 && _lines.TryGetValue(Hash(row.RegistrationId), out int[]? lines))
        {
            string others = string.Join(", ", lines.Where(line => line != row.Line));
            throw new RowException(
                row.Line, null, $"the registration ID {row.RegistrationId} is that of line {others} too. Leave all but one of them out.");
        }
    }

    private static UInt128 Hash(string id)
        => System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

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
