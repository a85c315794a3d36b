using System.Runtime.Versioning;

namespace DevKit.Platform.Tests;

[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[UnsupportedOSPlatform("windows")]
public sealed class OwnerOnlyTests : IDisposable
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void File_is_made_empty()
    {
        string file = _folder.PathOf("file");
        OwnerOnly.EnsureFile(file);
        Assert.AreEqual(0, new FileInfo(file).Length);
        Assert.AreEqual(ReadWrite, File.GetUnixFileMode(file));
    }

    [TestMethod]
    public void File_that_exists_is_narrowed_and_keeps_what_it_holds()
    {
        string file = _folder.PathOf("file");
        File.WriteAllText(file, "kept");
        File.SetUnixFileMode(file, (UnixFileMode)0b110_110_110);
        OwnerOnly.EnsureFile(file);
        Assert.AreEqual("kept", File.ReadAllText(file));
        Assert.AreEqual(ReadWrite, File.GetUnixFileMode(file));
    }

    [TestMethod]
    public void Folders_are_made_for_their_owner()
    {
        string folder = Path.Combine(_folder.FullPath, "above", "below");
        OwnerOnly.CreateFolder(folder);
        Assert.AreEqual(ReadWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }
}
