using System.Runtime.Versioning;

namespace DevKit.Platform.Tests;

[TestClass]
public sealed class FolderLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Folder_is_held_by_one_at_a_time()
    {
        using (FolderLock? first = FolderLock.TryAcquire(_folder.FullPath))
        {
            Assert.IsNotNull(first);
            Assert.IsNull(FolderLock.TryAcquire(_folder.FullPath));
        }

        using FolderLock? next = FolderLock.TryAcquire(_folder.FullPath);
        Assert.IsNotNull(next);
    }

    [TestMethod]
    public void File_of_a_program_that_was_killed_holds_nothing()
    {
        File.WriteAllText(_folder.PathOf("lock"), "");
        using FolderLock? taken = FolderLock.TryAcquire(_folder.FullPath);
        Assert.IsNotNull(taken);
    }

    [TestMethod]
    public void Folder_that_cannot_be_is_no_folder_that_is_held()
    {
        string file = _folder.PathOf("file");
        File.WriteAllText(file, "");
        Assert.Throws<IOException>(() => FolderLock.TryAcquire(file));
        Assert.Throws<IOException>(() => FolderLock.TryAcquire(Path.Combine(file, "below")));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Folder_that_is_made_is_its_owner_s_alone()
    {
        string folder = _folder.PathOf("new");
        using FolderLock? taken = FolderLock.TryAcquire(folder);
        const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.AreEqual(ReadWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.AreEqual(ReadWrite, File.GetUnixFileMode(Path.Combine(folder, "lock")));
    }
}
