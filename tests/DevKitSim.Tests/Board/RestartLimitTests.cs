using DevKit.Sim.Board;

namespace DevKit.Sim.Tests.Board;

[TestClass]
public class RestartLimitTests
{
    [TestMethod]
    public void Three_ends_in_a_row_are_followed_by_a_start_and_the_fourth_is_not()
    {
        RestartLimit limit = new();
        limit.Started(byUser: true);
        for (int i = 0; i < 3; i++)
        {
            Assert.IsTrue(limit.ShouldRestart("code 134.", out string note));
            Assert.Contains("started again: code 134.", note);
            limit.Started(byUser: false);
        }

        Assert.IsFalse(limit.ShouldRestart("code 134.", out string last));
        Assert.Contains("4 times in a row, and stays off until a reset: code 134.", last);
        limit.Started(byUser: true);
        Assert.IsTrue(limit.ShouldRestart("code 134.", out _));
    }
}
