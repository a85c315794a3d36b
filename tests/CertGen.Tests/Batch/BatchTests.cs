using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DevKit.CertGen.Tests.Batch;

[TestClass]
public sealed class BatchTests : IDisposable
{
    private readonly Fleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [TestMethod]
    public void Table_of_a_spreadsheet_gives_the_certificates_that_the_boards_show_and_a_manifest_of_them()
    {
        string table = "\uFEFFUDS;Tags;MAC;deviceid;firmware;Hub;Note\r\n"
            + $"{Fleet.UdsOf(1)};\"floor=2;site=north \"\"b\"\"\";C8:93:46:85:41:38;lamp-1;;My-Hub.azure-devices.net;\"a;b\"\r\n"
            + ";;;;;;\r\n"
            + $"0x{Fleet.UdsOf(2).ToUpperInvariant()};\"{{\"\"floor\"\":3,\"\"in\"\":{{\"\"a\"\":[1]}}}}\";c89346854139;;1.5.0;;\r\n";

        Assert.AreEqual(0, _fleet.Run(table), _fleet.CertGen.Error);

        CollectionAssert.AreEqual(
            new[] { "az-c89346854138v1v4v1.pem", "az-c89346854139v1v5v0.pem", "manifest.jsonl" }, _fleet.List("out"));
        JsonObject[] manifest = _fleet.ReadManifest();
        Assert.HasCount(2, manifest);
        Assert.AreEqual("lamp-1", (string?)manifest[0]["deviceId"]);
        Assert.AreEqual("my-hub.azure-devices.net", (string?)manifest[0]["hub"]);
        Assert.AreEqual("north \"b\"", (string?)manifest[0]["tags"]!["site"]);
        Assert.AreEqual("""{"floor":3,"in":{"a":[1]}}""", manifest[1]["tags"]!.ToJsonString());
        Assert.IsNull(manifest[1]["deviceId"]);
        StringAssert.Contains(_fleet.CertGen.Output, "Certificates made: 2, there already: 0, rows refused: 0");
        StringAssert.Contains(_fleet.CertGen.Error, "Warning: the column Note of fleet.csv is not known");
        StringAssert.Contains(_fleet.CertGen.Error, "Warning: the image states version 1.4.1; rows that state another: 1.");
        AssertLikeOne(1, manifest[0]);
        AssertLikeOne(2, manifest[1]);
    }

    [TestMethod]
    [DataRow(',')]
    [DataRow('\t')]
    public void Table_may_be_separated_otherwise(char separator)
    {
        Assert.AreEqual(0, _fleet.Run($"registrationId{separator}uds\na{separator}{Fleet.UdsOf(1)}"), _fleet.CertGen.Error);
        AssertLikeOne(1, _fleet.ReadManifest().Single());
    }

    [TestMethod]
    public void No_secret_is_printed_or_written_beside_its_own_file()
    {
        string uds = CommandLine.Uds;
        Assert.AreEqual(0, _fleet.Run($"registrationId,uds\na,{uds}\nb,generate\n", "--uds-out", "secrets"), _fleet.CertGen.Error);

        string generated = _fleet.Read("secrets/b.uds").Trim();
        string shown = _fleet.CertGen.Output + _fleet.CertGen.Error
            + string.Concat(_fleet.List("out").Select(n => _fleet.Read("out/" + n)));
        Assert.DoesNotContain(uds, shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(generated, shown, StringComparison.OrdinalIgnoreCase);
    }

    [TestMethod]
    public void Manifest_can_be_inspected()
    {
        Assert.AreEqual(0, _fleet.Run($"registrationId,uds\na,{Fleet.UdsOf(1)}\nb,{Fleet.UdsOf(2)}\n"), _fleet.CertGen.Error);
        string fwid = (string)_fleet.ReadManifest()[0]["fwid"]!;
        Assert.AreEqual(0, _fleet.CertGen.Run(["inspect", Fleet.Manifest]), _fleet.CertGen.Error);
        Assert.AreEqual(
            $"Manifest of 2 boards, for certgen enroll\n  FWID: {fwid}\n  Certificates beside it: 2\n",
            _fleet.CertGen.Output.ReplaceLineEndings("\n"));

        File.WriteAllText(_fleet.CertGen.PathOf("out/a.pem"), _fleet.Read("out/b.pem"));
        File.Delete(_fleet.CertGen.PathOf("out/b.pem"));
        Assert.AreEqual(0, _fleet.CertGen.Run(["inspect", Fleet.Manifest, "--json"]), _fleet.CertGen.Error);
        JsonElement problems = _fleet.Report().GetProperty("manifest").GetProperty("problems");
        StringAssert.Contains(problems[0].GetString(), "a.pem is not the certificate that the manifest names.");
        StringAssert.Contains(problems[1].GetString(), "b.pem can't be read: ");
    }

    [TestMethod]
    public void Files_of_IDs_with_marks_are_each_its_own_and_fit_for_Windows()
    {
        string table = $"registrationId,uds\na:b,{Fleet.UdsOf(1)}\na_b,{Fleet.UdsOf(2)}\ncon,{Fleet.UdsOf(3)}\nnul.x,{Fleet.UdsOf(4)}\n";

        Assert.AreEqual(0, _fleet.Run(table), _fleet.CertGen.Error);

        CollectionAssert.AreEqual(new[] { "a+b.pem", "a_b.pem", "con=.pem", "manifest.jsonl", "nul=.x.pem" }, _fleet.List("out"));
        int number = 0;
        foreach (JsonObject entry in _fleet.ReadManifest())
        {
            AssertLikeOne(++number, entry);
        }
    }

    [TestMethod]
    public void Hundreds_of_rows_are_made_in_their_order_and_told_as_JSON()
    {
        const int Rows = 600;
        var table = new StringBuilder("registrationId,uds\n");
        for (int i = 1; i <= Rows; i++)
        {
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"board-{i},{Fleet.UdsOf(i)}\n");
        }

        Assert.AreEqual(0, _fleet.Run(table.ToString(), "--json"), _fleet.CertGen.Error);

        Assert.AreEqual(Rows, _fleet.Report().GetProperty("made").GetInt32());
        Assert.AreEqual(Path.Combine("out", "manifest.jsonl"), _fleet.Report().GetProperty("manifest").GetString());
        JsonObject[] manifest = _fleet.ReadManifest();
        CollectionAssert.AreEqual(
            Enumerable.Range(1, Rows).Select(i => $"board-{i}").ToArray(), manifest.Select(e => (string?)e["registrationId"]).ToArray());
        AssertLikeOne(577, manifest[576]);
    }

    private void AssertLikeOne(int number, JsonObject entry)
    {
        string id = (string)entry["registrationId"]!;
        Assert.AreEqual(_fleet.MakeOne(Fleet.UdsOf(number), id), _fleet.Read($"out/{(string?)entry["file"]}"));
        foreach (string value in new[] { "fwid", "deviceIdKeyId", "aliasKeyId", "certificateSha256", "certificateSha1" })
        {
            StringAssert.Contains(_fleet.CertGen.Output, $": {(string?)entry[value]}");
        }
    }
}
