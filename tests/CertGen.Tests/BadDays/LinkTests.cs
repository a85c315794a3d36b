namespace DevKit.CertGen.Tests.BadDays;

/// <summary>Symbolic links: what they lead to is left alone, and no guard is passed by another name of the same file.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class LinkTests
{
    // Not what any command writes, and nothing to one that reads it before.
    private const string Other = "\n";

    private static EveryCommand _commands = null!;

    private string _folder = null!;

    public static IEnumerable<object[]> Writing => EveryCommand.Writing;

    private static CommandLine CertGen => _commands.CertGen;

    [ClassInitialize]
    public static void Prepare(TestContext _) => _commands = new EveryCommand();

    [ClassCleanup]
    public static void Remove() => _commands.Dispose();

    [TestInitialize]
    public void Begin() => _folder = Directory.CreateTempSubdirectory("certgen-links-").FullName;

    [TestCleanup]
    public void End() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DynamicData(nameof(Writing))]
    public void Link_is_replaced_and_what_it_leads_to_stays_as_it_is(string command)
    {
        string plain = MakeFolder("plain"), links = MakeFolder("links");
        Assert.AreEqual(0, CertGen.Run(_commands.ArgsOf(command, plain)), CertGen.Error);
        string[] names = [.. Directory.GetFiles(plain).Select(path => Path.GetFileName(path))];
        File.WriteAllText(PathOf("other"), Other);
        for (int i = 0; i < names.Length; i++)
        {
            File.CreateSymbolicLink(Path.Combine(links, names[i]), i % 2 == 0 ? "../other" : "../nowhere");
        }

        Assert.AreEqual(0, CertGen.Run([.. _commands.ArgsOf(command, links), "--force"]), CertGen.Error);

        Assert.AreEqual(Other, File.ReadAllText(PathOf("other")));
        Assert.IsFalse(File.Exists(PathOf("nowhere")));

        // The secret that is made for a board has a name of its own.
        Assert.IsTrue(Array.TrueForAll(
            names,
            name => Path.GetExtension(name) == ".uds" || new FileInfo(Path.Combine(links, name)) is { LinkTarget: null, Length: > 0 }));
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
        AssertRefused(" is what is read.", ["--image", PathOf("link.pe"), "--out", PathOf("link.pe"), .. one]);
        AssertRefused(
            $"--device-id-request and --out both name {PathOf("here/a.pem")}. Name two files.",
            ["--image", "image.pe", "--out", "a.pem", "--device-id-request", PathOf("here/a.pem"), .. one]);
        CollectionAssert.AreEqual(before, File.ReadAllBytes(CertGen.Image));
    }

    [TestMethod]
    public void Links_in_a_circle_are_replaced_as_others_and_are_no_folder()
    {
        File.CreateSymbolicLink(PathOf("a"), "b");
        File.CreateSymbolicLink(PathOf("b"), "a");
        AssertRefused(" lies in a folder that does not exist.", ["uds", "--out", PathOf("a/new.txt")]);
        AssertRefused(" exists already. Give --force", ["uds", "--out", PathOf("a")]);
        Assert.AreEqual(0, CertGen.Run(["uds", "--out", PathOf("a"), "--force"]), CertGen.Error);
        Assert.HasCount(65, File.ReadAllText(PathOf("a")));
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
    public void Link_in_the_place_of_a_manifest_that_is_being_written_empties_no_other_file()
    {
        string folder = MakeFolder("out");
        File.WriteAllText(PathOf("other"), Other);
        File.CreateSymbolicLink(Path.Combine(folder, "manifest.jsonl.new"), "../other");

        Assert.AreEqual(0, CertGen.Run(_commands.ArgsOf("batch", folder)), CertGen.Error);

        Assert.AreEqual(Other, File.ReadAllText(PathOf("other")));
        Assert.HasCount(2, File.ReadAllLines(Path.Combine(folder, "manifest.jsonl")));
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

    private static void AssertRefused(string message, string[] args)
    {
        Assert.AreEqual(1, CertGen.Run(args));
        Assert.Contains(message, CertGen.Error);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string MakeFolder(string name) => Directory.CreateDirectory(PathOf(name)).FullName;
}
