using DevKit.Sim.Sessions;
using DevKit.Support.Boards;
using DevKit.Support.Screens;

namespace DevKit.Sim.Tests.Sessions;

[TestClass]
public class ScreenFileTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task The_file_holds_what_the_OLED_shows()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        await board.ConfigureAsync();
        string file = Path.Combine(board.FolderPath, "screen.png");
        await File.WriteAllTextAsync(file, "an older picture", TestContext.CancellationToken);
        ScreenFile.Save(board.Board, file);
        Assert.AreEqual(ScreenPictures.Draw(Screen.Find("configuration")).ToBlockText(), ScreenPictures.ReadBlockText(file));
        Assert.AreEqual(file, Directory.GetFiles(board.FolderPath, "screen*").Single());
    }

    [TestMethod]
    public void A_file_that_cannot_be_written_is_named_with_the_option()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        string file = Path.Combine(board.FolderPath, "no", "such", "folder.png");
        IOException e = Assert.ThrowsExactly<IOException>(() => ScreenFile.Save(board.Board, file));
        Assert.Contains(file, e.Message);
        Assert.Contains("--screen", e.Message);
    }
}
