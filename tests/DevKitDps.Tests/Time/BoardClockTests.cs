using DevKit.Azure.Time;

namespace DevKit.Dps.Tests.Time;

[TestClass]
public sealed class BoardClockTests
{
    [TestMethod]
    public void It_counts_from_its_start_and_not_from_that_of_the_machine()
    {
        long before = Environment.TickCount64;
        long counted = new BoardClock().Milliseconds;
        Assert.IsInRange(0, Environment.TickCount64 - before, counted);
    }
}
