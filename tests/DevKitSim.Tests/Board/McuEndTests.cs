using System.Collections.Concurrent;
using DevKit.Boot;
using DevKit.Sim.Board;
using DevKit.Sim.Tests.Support;

namespace DevKit.Sim.Tests.Board;

/// <summary>The microcontroller's process ends by itself: it is told, and started again a few times.</summary>
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
        ConcurrentQueue<string> told = new();
        board.Board.Notified += told.Enqueue;
        board.Board.PlugIn();
        await TestBoard.WaitUntilAsync(() => told.Count == 4, "Four ends are told.");
        Assert.IsFalse(board.Board.IsRunning);
        Assert.IsTrue(board.Board.IsPowered);
        string[] notes = [.. told];
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
        Assert.HasCount(4, told);
        File.Delete(image);
    }
}
