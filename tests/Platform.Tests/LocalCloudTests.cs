namespace DevKit.Platform.Tests;

[TestClass]
public sealed class LocalCloudTests : IDisposable
{
    private static readonly LocalCloud Cloud = new("127.0.0.1:8883", new Uri("http://[::1]:8080"), "0ne0012A4F7", "/data/ca.pem");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Cloud_is_found_while_it_is_announced()
    {
        using FolderLock? held = FolderLock.TryAcquire(_folder.FullPath);
        Assert.IsNull(LocalCloud.Find(_folder.FullPath));
        using (Cloud.Announce(_folder.FullPath))
        {
            Assert.AreEqual(Cloud, LocalCloud.Find(_folder.FullPath));
        }

        Assert.IsNull(LocalCloud.Find(_folder.FullPath));
    }

    [TestMethod]
    public void What_a_cloud_that_was_killed_has_left_is_no_cloud()
    {
        FolderLock? held = FolderLock.TryAcquire(_folder.FullPath);
        Cloud.Announce(_folder.FullPath);
        held?.Dispose();
        Assert.IsNull(LocalCloud.Find(_folder.FullPath));
        using FolderLock? next = FolderLock.TryAcquire(_folder.FullPath);
        LocalCloud.Withdraw(_folder.FullPath);
        Assert.IsNull(LocalCloud.Find(_folder.FullPath));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("""{"Mqtt":"here","Page":"http://127.0.0.1","IdScope":"0ne0012A4F7","CaFile":"ca.pem"}""")]
    [DataRow("""{"Mqtt":"127.0.0.1:8883","Page":"page","IdScope":"0ne0012A4F7","CaFile":"ca.pem"}""")]
    public void Damaged_announcement_is_none(string text)
    {
        using FolderLock? held = FolderLock.TryAcquire(_folder.FullPath);
        Cloud.Announce(_folder.FullPath);
        string file = Directory.GetFiles(_folder.FullPath, "*.json").Single();
        File.WriteAllText(file, text);
        Assert.IsNull(LocalCloud.Find(_folder.FullPath));
    }

    [TestMethod]
    public void Folder_that_does_not_exist_has_no_cloud_and_is_not_made()
    {
        string folder = _folder.PathOf("new");
        Assert.IsNull(LocalCloud.Find(folder));
        Assert.IsFalse(FolderLock.IsHeld(folder));
        Assert.IsFalse(Directory.Exists(folder));
    }

    [TestMethod]
    public void To_ask_who_holds_a_folder_holds_it_for_nobody()
    {
        using (FolderLock? held = FolderLock.TryAcquire(_folder.FullPath))
        {
            Assert.IsTrue(FolderLock.IsHeld(_folder.FullPath));
        }

        Assert.IsFalse(FolderLock.IsHeld(_folder.FullPath));
        using FolderLock? next = FolderLock.TryAcquire(_folder.FullPath);
        Assert.IsNotNull(next);
    }
}
