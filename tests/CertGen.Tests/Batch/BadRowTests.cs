namespace DevKit.CertGen.Tests.Batch;

[TestClass]
public sealed class BadRowTests : IDisposable
{
    private const string Header = "registrationId,mac,firmware,uds,deviceId,hub,tags\n";
    private static readonly string Good = $"good,,,{Fleet.UdsOf(1)},,,\n";

    private readonly Fleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [TestMethod]
    [DataRow("My-Kit,,,UDS,,,", "column registrationId: The registration ID \"My-Kit\" has 'M' as character 1")]
    [DataRow("=cmd|x,,,UDS,,,", "column registrationId: The registration ID \"=cmd|x\" has '=' as character 1")]
    [DataRow("a\u001b[31m,,,UDS,,,", "column registrationId: The registration ID \"a\\x1b[31m\" has")]
    [DataRow(",c8934685413,,UDS,,,", "column mac: The MAC address \"c8934685413\" is malformed.")]
    [DataRow(",8.93469E+11,,UDS,,,", "column mac: \"8.93469E+11\" is a number that a spreadsheet made of a MAC address.")]
    [DataRow(",c89346854138,1.x.2,UDS,,,", "column firmware: The firmware version \"1.x.2\" is malformed.")]
    [DataRow("a,c89346854138,,UDS,,,", "registrationId and mac exclude each other")]
    [DataRow("a,,1.4.1,UDS,,,", "registrationId and firmware exclude each other")]
    [DataRow(",,,UDS,,,", "there is neither a registrationId nor a mac.")]
    [DataRow("a,,,,,,", "column uds: there is none. Give 64 hex characters or generate, or name")]
    [DataRow("a,,,12345678,,,", "column uds: A UDS is 64 hexadecimal characters (32 bytes), not 8.")]
    [DataRow("a,,,UDS,lamp one,,", "column deviceId: The device ID \"lamp one\" is malformed.")]
    [DataRow("a,,,UDS,,https://hub,", "column hub: The hub \"https://hub\" is no host name.")]
    [DataRow("a,,,UDS,,,floor", "column tags: The tag \"floor\" has no value.")]
    [DataRow("a,,,UDS,,,a=1;a=2", "column tags: The tag \"a\" stands there twice.")]
    [DataRow("a,,,UDS,,,a.b=1", "column tags: The tag \"a.b\" has a name that no twin takes.")]
    [DataRow("a,,,UDS,,,\"{\"\"a\"\":1,\"\"a\"\":2}\"", "column tags: The tags {\"a\":1,\"a\":2} are no JSON")]
    [DataRow("a,,,UDS,,,\"{\"\"a\"\":{\"\"$b\"\":2}}\"", "column tags: The tag \"$b\" has a name that no twin takes.")]
    [DataRow("a,,,UDS,,,gr\uFFFD=1", "column tags: this is no UTF-8.")]
    [DataRow("a,,,UDS", "this row has 4 cells, and the table 7 columns.")]
    [DataRow("a,,,UDS,,,,", "this row has 8 cells, and the table 7 columns.")]
    public void Bad_row_is_named_by_line_and_column_and_the_others_are_made(string row, string problem)
    {
        string table = Header + Good + row.Replace("UDS", Fleet.UdsOf(2), StringComparison.Ordinal) + "\n"
            + $"last,,,{Fleet.UdsOf(3)},,,\n";

        Assert.AreEqual(1, _fleet.Run(table), _fleet.CertGen.Output);

        StringAssert.StartsWith(
            _fleet.CertGen.Error, "Error: line 3" + (problem.StartsWith("column", StringComparison.Ordinal) ? ", " : ": "));
        StringAssert.Contains(_fleet.CertGen.Error, problem);
        Assert.AreEqual(1, _fleet.CertGen.Error.Count(c => c == '\n'));
        CollectionAssert.AreEqual(new[] { "good.pem", "last.pem", "manifest.jsonl" }, _fleet.List("out"));
        Assert.HasCount(2, _fleet.ReadManifest());
        StringAssert.Contains(_fleet.CertGen.Output, "Certificates made: 2, there already: 0, rows refused: 1");
    }

    [TestMethod]
    public void Secret_in_another_column_is_not_shown()
    {
        Assert.AreEqual(1, _fleet.Run(Header + $"{CommandLine.Uds},,,,,,\na,,,x{CommandLine.Uds[1..]},,,\n"));

        StringAssert.Contains(_fleet.CertGen.Error, "line 2, column registrationId: this looks like a UDS and is not shown.");
        StringAssert.Contains(_fleet.CertGen.Error, "line 3, column uds: Character 1 of the UDS is not hexadecimal");
        Assert.DoesNotContain(CommandLine.Uds[^8..], _fleet.CertGen.Error);
        CollectionAssert.AreEqual(new[] { "manifest.jsonl" }, _fleet.List("out"));
    }

    [TestMethod]
    public void Rows_of_one_ID_are_refused_with_the_lines_of_all()
    {
        string table = Header + $"az-c89346854138v1v4v1,,,{Fleet.UdsOf(2)},,,\n{Good},C8-93-46-85-41-38,,{Fleet.UdsOf(3)},,,\n";

        Assert.AreEqual(1, _fleet.Run(table));

        StringAssert.Contains(_fleet.CertGen.Error, "Error: line 2: the registration ID az-c89346854138v1v4v1 is that of line 4 too.");
        StringAssert.Contains(_fleet.CertGen.Error, "Error: line 4: the registration ID az-c89346854138v1v4v1 is that of line 2 too.");
        CollectionAssert.AreEqual(new[] { "good.pem", "manifest.jsonl" }, _fleet.List("out"));
    }

    [TestMethod]
    public void Quotation_mark_that_is_not_closed_is_named_by_the_line_that_it_begins_on()
    {
        Assert.AreEqual(1, _fleet.Run(Header + Good + $"a,,,{Fleet.UdsOf(2)},\"lamp,,\nb,,,{Fleet.UdsOf(3)},,,\n"));

        StringAssert.StartsWith(_fleet.CertGen.Error, "Error: line 3: this row has 5 cells, and the table 7 columns.");
        CollectionAssert.AreEqual(new[] { "good.pem", "manifest.jsonl" }, _fleet.List("out"));
    }

    [TestMethod]
    public void Quotation_mark_that_makes_more_than_the_reader_holds_is_named_too()
    {
        string rest = new('x', 1 << 24);
        Assert.AreEqual(1, _fleet.Run(Header + Good + $"a,,,{Fleet.UdsOf(2)},\"{rest}\n"));

        StringAssert.StartsWith(
            _fleet.CertGen.Error, "Error: line 3: this row is longer than any can be. Look for a quotation mark that is not closed.");
        CollectionAssert.AreEqual(new[] { "good.pem", "manifest.jsonl" }, _fleet.List("out"));
    }

    [TestMethod]
    [DataRow("", "The table fleet.csv is empty.")]
    [DataRow("uds,deviceId\nx,y\n", "The table fleet.csv has neither a column registrationId nor a column mac.")]
    [DataRow("mac,uds,MAC\nx,y,z\n", "The table fleet.csv has two columns MAC.")]
    [DataRow("registrationId,uds\na,generate\n", "Line 2 of fleet.csv asks for a UDS to be generated. Say where it goes: --uds-out DIR")]
    public void Table_that_is_none_changes_nothing(string table, string problem)
    {
        Assert.AreEqual(1, _fleet.Run(table));

        StringAssert.Contains(_fleet.CertGen.Error, "Error: " + problem);
        CollectionAssert.AreEqual(new[] { "fleet.csv", "image.pe" }, _fleet.CertGen.Files);
        Assert.IsFalse(Directory.Exists(_fleet.CertGen.PathOf("out")));
    }

    [TestMethod]
    public void Addresses_that_no_board_has_and_long_IDs_are_warned_of_with_their_lines()
    {
        string table = Header + $",ffffffffffff,,{Fleet.UdsOf(1)},,,\n{new string('x', 65)},,,{Fleet.UdsOf(2)},,,\n";

        Assert.AreEqual(0, _fleet.Run(table), _fleet.CertGen.Error);

        StringAssert.Contains(_fleet.CertGen.Error, "Warning: line 2: the MAC address ffffffffffff is all ones: no board has it.");
        StringAssert.Contains(_fleet.CertGen.Error, "Warning: line 3: The registration ID has 65 characters");
    }

    [TestMethod]
    public void Folder_that_is_a_file_is_refused()
    {
        _fleet.WriteTable(Header + Good);
        Assert.AreEqual(1, _fleet.CertGen.Run(["batch", "fleet.csv", "--image", "image.pe", "--out", "image.pe"]));
        Assert.AreEqual("Error: --out image.pe is a file. Name a folder.", _fleet.CertGen.Error.TrimEnd());
    }

    [TestMethod]
    [DataRow("none.csv", "The table none.csv does not exist.")]
    [DataRow(".", "The table . is a folder.")]
    public void Table_that_is_not_there_is_refused(string table, string problem)
    {
        Assert.AreEqual(1, _fleet.CertGen.Run(["batch", table, "--image", "image.pe"]));
        Assert.AreEqual($"Error: {problem} Name a CSV file.", _fleet.CertGen.Error.TrimEnd());
    }
}
