using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace DevKit.CertGen.Tests.Batch;

/// <summary>Where secrets come from and go to.</summary>
[TestClass]
public sealed class SecretFolderTests : IDisposable
{
    private readonly Fleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [TestMethod]
    public void Generated_secrets_are_kept_for_their_owner_alone_and_are_those_of_the_certificates()
    {
        string table = "mac,registrationId,uds\nc89346854138,,generate\n,a:b,GENERATE\n";

        Assert.AreEqual(0, _fleet.Run(table, "--uds-out", "secrets"), _fleet.CertGen.Error);

        CollectionAssert.AreEqual(new[] { "a+b.uds", "c89346854138.uds" }, _fleet.List("secrets"));
        string uds = _fleet.Read("secrets/a+b.uds");
        Assert.AreEqual(65, uds.Length);
        Assert.AreNotEqual(uds, _fleet.Read("secrets/c89346854138.uds"));
        Assert.AreEqual(_fleet.MakeOne(uds.Trim(), "a:b"), _fleet.Read("out/a+b.pem"));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.AreEqual(Owner, File.GetUnixFileMode(_fleet.CertGen.PathOf("secrets/a+b.uds")));
            Assert.AreEqual(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_fleet.CertGen.PathOf("secrets")));
        }
    }

    [TestMethod]
    public void Board_with_two_versions_of_the_firmware_gets_one_secret()
    {
        // Two threads begin at the table's halves.
        const int Boards = 100;
        IEnumerable<string> rows = new[] { "1.4.1", "1.5.0" }.SelectMany(
            version => Enumerable.Range(0, Boards).Select(i => $"c8934685{i:x4},{version},generate\n"));

        Assert.AreEqual(0, _fleet.Run("mac,firmware,uds\n" + string.Concat(rows), "--uds-out", "secrets"), _fleet.CertGen.Error);

        Assert.HasCount(Boards, _fleet.List("secrets"));
        foreach (IGrouping<string, JsonObject> board in _fleet.ReadManifest().GroupBy(entry => ((string)entry["registrationId"]!)[..15]))
        {
            Assert.HasCount(2, board);
            Assert.HasCount(1, board.Select(entry => (string?)entry["deviceIdKeyId"]).Distinct().ToArray(), board.Key);
        }
    }

    [TestMethod]
    public void Secrets_that_were_generated_serve_the_next_firmware()
    {
        const string Table = "mac,firmware\nc89346854138,1.5.0\n";
        Assert.AreEqual(0, _fleet.Run("mac,uds\nc89346854138,generate\n", "--uds-out", "secrets"), _fleet.CertGen.Error);
        Assert.AreEqual(0, _fleet.Run(Table, "--uds-dir", "secrets"), _fleet.CertGen.Error);

        string uds = _fleet.Read("secrets/c89346854138.uds").Trim();
        Assert.AreEqual(_fleet.MakeOne(uds, "az-c89346854138v1v5v0"), _fleet.Read("out/az-c89346854138v1v5v0.pem"));
    }

    [TestMethod]
    public void Secret_that_is_gone_is_not_replaced_by_another_unasked()
    {
        const string Table = "registrationId,uds\na,generate\nb,generate\n";
        Assert.AreEqual(0, _fleet.Run(Table, "--uds-out", "secrets"), _fleet.CertGen.Error);
        string before = _fleet.Read("out/a.pem");
        File.Delete(_fleet.CertGen.PathOf("secrets/a.uds"));

        Assert.AreEqual(1, _fleet.Run(Table, "--uds-out", "secrets"));

        StringAssert.StartsWith(_fleet.CertGen.Error, "Error: line 2, column uds: ");
        StringAssert.Contains(_fleet.CertGen.Error, "Put that file back");
        CollectionAssert.AreEqual(new[] { "b.uds" }, _fleet.List("secrets"));
        Assert.AreEqual(before, _fleet.Read("out/a.pem"));

        Assert.AreEqual(0, _fleet.Run(Table, "--uds-out", "secrets", "--force"), _fleet.CertGen.Error);
        Assert.AreNotEqual(before, _fleet.Read("out/a.pem"));
    }

    [TestMethod]
    public void File_without_a_secret_and_a_row_without_a_file_are_refused()
    {
        Directory.CreateDirectory(_fleet.CertGen.PathOf("secrets"));
        File.WriteAllText(_fleet.CertGen.PathOf("secrets/a.uds"), "12\n");

        Assert.AreEqual(1, _fleet.Run("registrationId\na\nb\n", "--uds-dir", "secrets"));

        StringAssert.Contains(_fleet.CertGen.Error, "line 2, column uds: A UDS is 64 hexadecimal characters (32 bytes), not 2. Let ");
        StringAssert.Contains(_fleet.CertGen.Error, "line 3, column uds: there is none, and no file ");
    }

    [TestMethod]
    [DataRow("--uds-out", "image.pe", "--uds-out image.pe is a file. Name a folder.")]
    [DataRow("--uds-out", "out", "--uds-out out is where the certificates go")]
    [DataRow("--uds-dir", "none", "--uds-dir none is no folder.")]
    public void Folder_that_can_t_be_is_refused(string option, string folder, string problem)
    {
        Assert.AreEqual(1, _fleet.Run($"registrationId,uds\na,{Fleet.UdsOf(1)}\n", option, folder));

        StringAssert.StartsWith(_fleet.CertGen.Error, "Error: " + problem);
        Assert.IsFalse(Directory.Exists(_fleet.CertGen.PathOf("out")));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Table_and_folder_that_others_may_read_are_warned_of()
    {
        _fleet.WriteTable($"registrationId,uds\na,{Fleet.UdsOf(1)}\nb,generate\n");
        File.SetUnixFileMode(_fleet.CertGen.PathOf("fleet.csv"), (UnixFileMode)0b110_100_100);
        Directory.CreateDirectory(_fleet.CertGen.PathOf("secrets"), (UnixFileMode)0b111_101_101);

        Assert.AreEqual(0, _fleet.CertGen.Run(["batch", "fleet.csv", "--image", "image.pe", "--uds-out", "secrets"]), _fleet.CertGen.Error);

        StringAssert.Contains(_fleet.CertGen.Error, "Warning: other users may read fleet.csv, which holds a secret: chmod 600 fleet.csv");
        StringAssert.Contains(_fleet.CertGen.Error, "Warning: other users may look into secrets, which holds secrets: chmod 700 secrets");
    }
}
