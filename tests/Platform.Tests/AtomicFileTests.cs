using System.Runtime.Versioning;

namespace DevKit.Platform.Tests;

[TestClass]
public sealed class AtomicFileTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0b110_110_110;
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void File_is_made_and_replaced()
    {
        string file = _folder.PathOf("file");
        AtomicFile.Write(file, "a long first one"u8);
        AtomicFile.Write(file, "second"u8);
        Assert.AreEqual("second", File.ReadAllText(file));
        Assert.HasCount(1, Directory.GetFiles(_folder.FullPath));
    }

    [TestMethod]
    public void Who_has_the_old_file_open_reads_on_in_it_whole()
    {
        string file = _folder.PathOf("file");
        AtomicFile.Write(file, "the old one"u8);
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        AtomicFile.Write(file, "new"u8);
        using StreamReader old = new(stream);
        Assert.AreEqual("the old one", old.ReadToEnd());
    }

    [TestMethod]
    public void Staged_file_is_seen_when_it_is_committed()
    {
        string file = _folder.PathOf("file");
        using AtomicFile staged = AtomicFile.Stage(file, "new"u8);
        Assert.IsFalse(File.Exists(file));
        staged.Commit(overwrite: false);
        Assert.AreEqual("new", File.ReadAllText(file));
    }

    [TestMethod]
    public void Staged_file_that_is_not_committed_leaves_nothing()
    {
        string file = _folder.PathOf("file");
        AtomicFile.Write(file, "old"u8);
        AtomicFile.Stage(file, "new"u8).Dispose();
        Assert.AreEqual("old", File.ReadAllText(file));
        Assert.HasCount(1, Directory.GetFiles(_folder.FullPath));
    }

    [TestMethod]
    public void File_that_came_meanwhile_is_kept_when_it_is_not_to_be_replaced()
    {
        string file = _folder.PathOf("file");
        using (AtomicFile staged = AtomicFile.Stage(file, "new"u8))
        {
            File.WriteAllText(file, "another's");
            Assert.ThrowsExactly<IOException>(() => staged.Commit(overwrite: false));
        }

        Assert.AreEqual("another's", File.ReadAllText(file));
        Assert.HasCount(1, Directory.GetFiles(_folder.FullPath));
    }

    [TestMethod]
    public void One_who_writes_alone_removes_what_was_left_by_the_ending_and_nothing_else()
    {
        string[] others = ["a.pem", "b.uds.new", "c.pem.new.txt"];
        foreach (string name in others.Append("a.pem.new"))
        {
            File.WriteAllText(_folder.PathOf(name), "half a fi");
        }

        AtomicFile.RemoveLeftovers(_folder.FullPath, ".pem");
        CollectionAssert.AreEquivalent(others, Directory.GetFiles(_folder.FullPath).Select(path => Path.GetFileName(path)).ToArray());

        using (AtomicFile staged = AtomicFile.StageAlone(_folder.PathOf("a.pem"), "new"u8, ownerOnly: false))
        {
            Assert.AreEqual("half a fi", File.ReadAllText(_folder.PathOf("a.pem")));
            Assert.ThrowsExactly<IOException>(() => AtomicFile.StageAlone(_folder.PathOf("a.pem"), "another's"u8, ownerOnly: false));
            staged.Commit(overwrite: true);
        }

        Assert.AreEqual("new", File.ReadAllText(_folder.PathOf("a.pem")));

        Assert.IsFalse(File.Exists(_folder.PathOf("a.pem.new")));
    }

    [TestMethod]
    public void What_a_killed_writer_left_beside_is_removed_and_nothing_else()
    {
        string file = _folder.PathOf("file");
        const string Distinction = "0123456789abcdef0123456789abcdef";
        string[] others = ["file.new", "file.0123.new", $"other.{Distinction}.new", $"file.{Distinction}.new.txt"];
        foreach (string other in others.Append($"file.{Distinction}.new"))
        {
            File.WriteAllText(_folder.PathOf(other), "half a fi");
        }

        AtomicFile.Write(file, "new"u8);
        CollectionAssert.AreEquivalent(
            (string[])[.. others, "file"], Directory.GetFiles(_folder.FullPath).Select(path => Path.GetFileName(path)).ToArray());
    }

    [TestMethod]
    public void File_that_cannot_be_written_leaves_the_old_one()
    {
        string folder = _folder.PathOf("none");
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => AtomicFile.Write(Path.Combine(folder, "file"), "new"u8));
        string taken = _folder.PathOf("taken");
        Directory.CreateDirectory(taken);
        Exception error = Assert.Throws<Exception>(() => AtomicFile.Write(taken, "new"u8));
        Assert.IsTrue(error is IOException or UnauthorizedAccessException, error.ToString());
        Assert.IsEmpty(Directory.GetFiles(_folder.FullPath));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Private_file_is_its_owner_s_alone_even_where_the_old_one_was_not()
    {
        string file = _folder.PathOf("file");
        File.WriteAllText(file, "old");
        File.SetUnixFileMode(file, Everybody);
        AtomicFile.WritePrivate(file, "secret"u8);
        Assert.AreEqual("secret", File.ReadAllText(file));
        Assert.AreEqual(OwnerAlone, File.GetUnixFileMode(file));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Symbolic_link_is_replaced_and_what_it_leads_to_is_kept()
    {
        string target = _folder.PathOf("target");
        string link = _folder.PathOf("link");
        File.WriteAllText(target, "kept");
        File.CreateSymbolicLink(link, target);
        AtomicFile.WritePrivate(link, "secret"u8);
        Assert.AreEqual("kept", File.ReadAllText(target));
        Assert.IsNull(new FileInfo(link).LinkTarget);
        Assert.AreEqual("secret", File.ReadAllText(link));
    }
}
