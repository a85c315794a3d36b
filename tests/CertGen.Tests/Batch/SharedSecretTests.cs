using System.Text;

namespace DevKit.CertGen.Tests.Batch;

/// <summary>Two boards of one secret: who has one of them could pass for the other.</summary>
[TestClass]
public sealed class SharedSecretTests : IDisposable
{
    private const string Header = "registrationId,mac,firmware,uds\n";

    private readonly Fleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [TestMethod]
    public void Both_rows_are_refused_with_their_lines_and_the_secret_is_not_shown()
    {
        string uds = Fleet.UdsOf(0xABC);
        string table = Header + $"a,,,{uds}\ngood,,,{Fleet.UdsOf(2)}\nb,,,\" 0x{uds.ToUpperInvariant()}\"\n";

        Assert.AreEqual(1, _fleet.Run(table));

        string[] expected =
        [
            "Error: line 2, column uds: the UDS of a is that of line 4 too, and who has one board could pass for the other. "
                + "Give each board its own, or leave all but one of them out.",
            "Error: line 4, column uds: the UDS of b is that of line 2 too, and who has one board could pass for the other. "
                + "Give each board its own, or leave all but one of them out.",
        ];
        CollectionAssert.AreEqual(expected, _fleet.CertGen.Error.TrimEnd().Split(Environment.NewLine));
        CollectionAssert.AreEqual(new[] { "good.pem", "manifest.jsonl" }, _fleet.List("out"));
    }

    [TestMethod]
    public void Secrets_in_files_count_as_those_in_the_table()
    {
        Directory.CreateDirectory(_fleet.CertGen.PathOf("given"));
        Directory.CreateDirectory(_fleet.CertGen.PathOf("made"));
        _fleet.CertGen.WriteSecret("given/a.uds", Encoding.ASCII.GetBytes(Fleet.UdsOf(1)));
        _fleet.CertGen.WriteSecret("given/b.uds", Encoding.ASCII.GetBytes(Fleet.UdsOf(1)));
        _fleet.CertGen.WriteSecret("made/c.uds", Encoding.ASCII.GetBytes(Fleet.UdsOf(1)));
        string table = Header + $"a,,,\nb,,,\nc,,,generate\nd,,,{Fleet.UdsOf(1)}\ne,,,generate\n";

        Assert.AreEqual(1, _fleet.Run(table, "--uds-dir", "given", "--uds-out", "made"));

        StringAssert.Contains(_fleet.CertGen.Error, "line 2, column uds: the UDS of a is that of lines 3, 4, 5 too,");
        StringAssert.Contains(_fleet.CertGen.Error, "line 5, column uds: the UDS of d is that of lines 2, 3, 4 too,");
        CollectionAssert.AreEqual(new[] { "e.pem", "manifest.jsonl" }, _fleet.List("out"));
    }

    [TestMethod]
    public void One_board_with_two_versions_of_the_firmware_has_one_secret()
    {
        string table = Header + $",c89346854138,1.4.1,{Fleet.UdsOf(1)}\n,C8-93-46-85-41-38,1.4.2,{Fleet.UdsOf(1)}\n";
        Assert.AreEqual(0, _fleet.Run(table), _fleet.CertGen.Error);
        Assert.HasCount(3, _fleet.List("out"));
    }

    [TestMethod]
    public void Table_of_one_secret_throughout_is_refused_in_lines_that_can_be_read()
    {
        const int Rows = 2000;
        string[] rows = [.. Enumerable.Range(0, Rows).Select(number => $"board-{number},,,{Fleet.UdsOf(1)}\n")];

        Assert.AreEqual(1, _fleet.Run(Header + string.Concat(rows)));

        string[] lines = _fleet.CertGen.Error.TrimEnd().Split(Environment.NewLine);
        Assert.HasCount(Rows, lines);
        StringAssert.Contains(lines[0], "the UDS of board-0 is that of lines 3, 4, 5, 6, 7 and 1994 more too,");
    }
}
