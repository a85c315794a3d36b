using DevKit.Sim.Board;

namespace DevKit.Tests;

[TestClass]
public class RestartLimitTests
{
    [TestMethod]
    public void Three_ends_in_a_row_are_followed_by_a_start_and_the_fourth_is_not()
    {
        RestartLimit limit = new();
        limit.TakeStart(byUser: true);
        for (int i = 0; i < 3; i++)
        {
            Assert.IsTrue(limit.TakeEnd("code 134.", out string note));
            Assert.Contains("started again: code 134.", note);
            limit.TakeStart(byUser: false);
        }

        Assert.IsFalse(limit.TakeEnd("code 134.", out string last));
        Assert.Contains("4 times in a row, and stays off until a reset: code 134.", last);
        limit.TakeStart(byUser: true);
        Assert.IsTrue(limit.TakeEnd("code 134.", out _));
    }
}
