using System.Collections.Concurrent;
using DevKit.Boot;
using DevKit.Sim.Board;
using DevKit.Support.Boards;

namespace DevKit.Sim.Tests.Board;

/// <summary>The microcontroller's process ends by itself: the user is notified, and it is started again a few times.</summary>
[TestClass]
public class McuEndTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_process_that_ends_at_once_is_given_up_after_three_restarts_until_a_reset()
    {
        string image = Path.GetTempFileName();
        File.Delete(image);
        using TestBoard board = new(TestContext.CancellationToken, new BoardOptions { ImageFile = image });
        ConcurrentQueue<string> notified = new();
        board.Board.Notified += notified.Enqueue;
        board.Board.PlugIn();
        await TestBoard.WaitUntilAsync(() => notified.Count == 4, "Four ends are reported.");
        Assert.IsFalse(board.Board.IsRunning);
        Assert.IsTrue(board.Board.IsPowered);
        string[] notes = [.. notified];
        foreach (string note in notes)
        {
            Assert.Contains("FileNotFoundException", note);
            Assert.Contains(image, note);
        }

        Assert.Contains("is started again", notes[0]);
        Assert.Contains("4 times in a row, and stays off until a reset", notes[3]);

        await File.WriteAllBytesAsync(image, MeasuredImage.Read()!, TestContext.CancellationToken);
        board.Board.Reset();
        await board.ReadLineAsync("Press button A");
        Assert.IsTrue(board.Board.IsRunning);
        Assert.HasCount(4, notified);
        File.Delete(image);
    }
}
