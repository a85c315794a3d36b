using DevKit.CertGen.Manifests;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Inspection;

/// <summary>What a fleet's manifest says, and whether its certificates are beside it.</summary>
internal sealed record InspectedManifest
{
    /// <summary>How many boards it names.</summary>
    public required int Boards { get; init; }

    /// <summary>The FWIDs of the images that they run, 64 hex characters each.</summary>
    public required IReadOnlyCollection<string> Fwids { get; init; }

    /// <summary>What is wrong with certificates, a sentence or two each.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Whether a file begins as a manifest does.</summary>
    public static bool IsManifest(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using FileStream file = File.OpenRead(path);
        return file.ReadByte() == '{';
    }

    /// <summary>Reads a manifest, board by board.</summary>
    /// <exception cref="CommandException">It can't be read, or a line is no board.</exception>
    public static InspectedManifest Read(string path)
    {
        int boards = 0;
        SortedSet<string> fwids = new(StringComparer.Ordinal);
        List<string> problems = [];
        foreach (ManifestEntry entry in Manifest.Read(path))
        {
            boards++;
            fwids.Add(entry.Fwid);
            try
            {
                entry.ReadCertificate(Path.GetDirectoryName(path) ?? "");
            }
            catch (CommandException e)
            {
                problems.Add(e.Message);
            }
        }

        return new InspectedManifest { Boards = boards, Fwids = fwids, Problems = problems };
    }

    /// <summary>Writes it in words.</summary>
    public void Describe(TextWriter output)
    {
        output.WriteLine($"Manifest of {Boards} boards, for certgen enroll");
        foreach (string fwid in Fwids)
        {
            output.WriteLine($"  FWID: {PrintableText.Of(fwid)}");
        }

        output.WriteLine($"  Certificates beside it: {Boards - Problems.Count}");
        foreach (string problem in Problems)
        {
            output.WriteLine($"  Problem: {PrintableText.Of(problem)}");
        }
    }
}
