using DevKit.CertGen.Terminals;

namespace DevKit.CertGen.Tests.BadDays;

/// <summary>Symbolic links: what they lead to is written, and no guard is passed by another name of the same file.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class LinkTests
{
    private static EveryCommand s_commands = null!;

    private string _folder = null!;

    // A batch makes its folder's files new, whatever they were.
    public static IEnumerable<object[]> Writing => EveryCommand.Writing.Where(row => (string)row[0] != "batch");

    private static CommandLine CertGen => s_commands.CertGen;

    [ClassInitialize]
    public static void Prepare(TestContext _) => s_commands = new EveryCommand();

    [ClassCleanup]
    public static void Remove() => s_commands.Dispose();

    [TestInitialize]
    public void Begin() => _folder = Directory.CreateTempSubdirectory("certgen-links-").FullName;

    [TestCleanup]
    public void End() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DynamicData(nameof(Writing))]
    public void Link_stays_and_the_file_behind_it_is_written(string command)
    {
        string plain = MakeFolder("plain"), links = MakeFolder("links"), behind = MakeFolder("behind");
        Assert.AreEqual(0, CertGen.Run(s_commands.ArgsOf(command, plain)), CertGen.Error);
        string[] names = [.. Directory.GetFiles(plain, "*.*").Select(path => Path.GetFileName(path))];
        Array.ForEach(names, name => File.CreateSymbolicLink(Path.Combine(links, name), Path.Combine("..", "behind", name)));

        Assert.AreEqual(0, CertGen.Run([.. s_commands.ArgsOf(command, links), "--force"]), CertGen.Error);

        Assert.IsTrue(Array.TrueForAll(names, name => new FileInfo(Path.Combine(links, name)).LinkTarget != null));
        string[] written = [.. Directory.GetFiles(behind).Select(path => Path.GetFileName(path))];

        // The secret that is made for a board has a name of its own.
        CollectionAssert.AreEquivalent(
            names.Where(name => command != "provision" || Path.GetExtension(name) != ".uds").ToArray(), written);
        Assert.IsTrue(Array.TrueForAll(written, name => new FileInfo(Path.Combine(behind, name)).Length > 0));
    }

    [TestMethod]
    public void File_that_is_read_is_refused_by_another_name_too()
    {
        File.CreateSymbolicLink(PathOf("link.pe"), CertGen.Image);
        Directory.CreateSymbolicLink(PathOf("here"), CertGen.Folder);
        byte[] before = File.ReadAllBytes(CertGen.Image);
        string[] one = ["--uds", "uds.txt", "--registration-id", "one", "--force"];

        AssertRefused("--out image.pe is what is read.", ["--image", PathOf("link.pe"), "--out", "image.pe", .. one]);
        AssertRefused(" is what is read.", ["--image", "image.pe", "--out", PathOf("here/image.pe"), .. one]);
        AssertRefused(
            $"--device-id-request and --out both name {PathOf("here/a.pem")}. Name two files.",
            ["--image", "image.pe", "--out", "a.pem", "--device-id-request", PathOf("here/a.pem"), .. one]);
        CollectionAssert.AreEqual(before, File.ReadAllBytes(CertGen.Image));
    }

    [TestMethod]
    public void Links_in_a_circle_are_refused()
    {
        File.CreateSymbolicLink(PathOf("a"), "b");
        File.CreateSymbolicLink(PathOf("b"), "a");
        AssertRefused($"{PathOf("a")} is a symbolic link that leads in a circle.", ["uds", "--out", PathOf("a"), "--force"]);
    }

    [TestMethod]
    public void Secrets_of_a_batch_don_t_get_among_the_certificates_by_a_link()
    {
        MakeFolder("out");
        Directory.CreateSymbolicLink(PathOf("secrets"), "out");
        AssertRefused(
            "is where the certificates go, which are public.",
            ["batch", "fleet.csv", "--image", "image.pe", "--out", PathOf("out"), "--uds-out", PathOf("secrets")]);
        Assert.IsEmpty(Directory.GetFiles(PathOf("out")));
    }

    [TestMethod]
    public void Batch_writes_into_its_own_files_alone()
    {
        const string Other = "somebody else's";
        string @out = MakeFolder("out");
        File.WriteAllText(PathOf("other"), Other);
        File.CreateSymbolicLink(Path.Combine(@out, "a.pem"), "../other");
        File.CreateSymbolicLink(Path.Combine(@out, "b.pem"), "../nowhere");
        File.CreateSymbolicLink(PathOf("fleet.jsonl.new"), "other");
        File.CreateSymbolicLink(Path.Combine(@out, "manifest.jsonl"), "../fleet.jsonl");

        Assert.AreEqual(0, CertGen.Run([.. s_commands.ArgsOf("batch", @out), "--force"]), CertGen.Error);

        Assert.AreEqual(Other, File.ReadAllText(PathOf("other")));
        Assert.HasCount(2, File.ReadAllLines(PathOf("fleet.jsonl")));
        Assert.AreEqual("../fleet.jsonl", new FileInfo(Path.Combine(@out, "manifest.jsonl")).LinkTarget);
        Assert.IsNull(new FileInfo(Path.Combine(@out, "a.pem")).LinkTarget);
        Assert.IsNull(new FileInfo(Path.Combine(@out, "b.pem")).LinkTarget);
        Assert.IsFalse(File.Exists(PathOf("nowhere")));
    }

    [TestMethod]
    public void Azure_CLI_script_in_a_linked_folder_finds_the_certificates()
    {
        Directory.CreateSymbolicLink(PathOf("link"), Directory.CreateDirectory(PathOf("far/away")).FullName);
        Assert.AreEqual(
            0, CertGen.Run(["enroll", CertGen.PathOf("in/manifest.jsonl"), "--azure-cli", PathOf("link/enroll.sh")]), CertGen.Error);
        string path = File.ReadAllText(PathOf("far/away/enroll.sh")).Split("--certificate-path='")[1].Split('\'')[0];
        Assert.IsTrue(File.Exists(PathOf(Path.Combine("far/away", path))), path);
    }

    [TestMethod]
    public void File_that_can_t_be_replaced_undoes_what_was_put_in_place_before_it()
    {
        using var terminal = new StringWriter();
        OutputFiles files = new(new Terminal { Input = TextReader.Null, Output = terminal, Error = terminal });
        File.WriteAllText(PathOf("old"), "old");
        files.Add("--a", PathOf("old"));
        files.AddPrivate("--b", PathOf("new"));
        files.Add("--c", PathOf("no"));
        Directory.CreateDirectory(PathOf("no"));

        DevKit.CommandLine.CommandException refusal = Assert.ThrowsExactly<DevKit.CommandLine.CommandException>(
            () => files.Write(overwrite: true, ["1", "2", "3"]));

        Assert.StartsWith($"{PathOf("no")} can't be written: ", refusal.Message);
        Assert.AreEqual("old", File.ReadAllText(PathOf("old")));
        CollectionAssert.AreEquivalent(new[] { PathOf("old"), PathOf("no") }, Directory.GetFileSystemEntries(_folder));
    }

    private static void AssertRefused(string message, string[] args)
    {
        Assert.AreEqual(1, CertGen.Run(args));
        Assert.Contains(message, CertGen.Error);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string MakeFolder(string name) => Directory.CreateDirectory(PathOf(name)).FullName;
}
