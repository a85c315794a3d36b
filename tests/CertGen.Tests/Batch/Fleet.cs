using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DevKit.CertGen.Tests.Batch;

/// <summary>The batch command in a folder of its own.</summary>
internal sealed class Fleet : IDisposable
{
    public const string Manifest = "out/manifest.jsonl";

    public CommandLine CertGen { get; } = new();

    public void Dispose() => CertGen.Dispose();

    /// <summary>A UDS of a number.</summary>
    public static string UdsOf(int number) => number.ToString("x64", CultureInfo.InvariantCulture);

    /// <summary>Writes a table and runs the batch over it into the folder out; returns the exit code.</summary>
    public int Run(string table, params string[] options)
    {
        WriteTable(table);
        return CertGen.Run(["batch", "fleet.csv", "--image", "image.pe", "--out", "out", .. options]);
    }

    public void WriteTable(string table) => CertGen.WriteSecret("fleet.csv", Encoding.UTF8.GetBytes(table));

    /// <summary>The manifest's lines.</summary>
    public JsonObject[] ReadManifest()
        => [.. File.ReadLines(CertGen.PathOf(Manifest)).Select(line => JsonNode.Parse(line)!.AsObject())];

    /// <summary>What is in a folder, by name.</summary>
    public string[] List(string folder)
        => [.. Directory.GetFiles(CertGen.PathOf(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>The certificate that the command for one board makes.</summary>
    public string MakeOne(string uds, string registrationId)
    {
        Assert.AreEqual(
            0,
            CertGen.Run(["--image", "image.pe", "--uds", uds, "--registration-id", registrationId, "--out", "one.pem", "--force"]),
            CertGen.Error);
        return File.ReadAllText(CertGen.PathOf("one.pem"));
    }

    public string Read(string path) => File.ReadAllText(CertGen.PathOf(path));

    /// <summary>What was reported, of a run with --json.</summary>
    public JsonElement Report() => JsonDocument.Parse(CertGen.Output).RootElement;
}
