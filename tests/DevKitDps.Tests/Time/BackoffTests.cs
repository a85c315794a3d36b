using DevKit.Azure.Time;
using DevKit.Dps.Time;

namespace DevKit.Dps.Tests.Time;

[TestClass]
public class BackoffTests
{
    [TestMethod]
    public void Pauses_double_to_their_bound_and_half_of_each_is_random()
    {
        Backoff backoff = new(new Random(1), 2, 16);
        foreach (int most in new[] { 2000, 4000, 8000, 16000, 16000, 16000 })
        {
            int pause = backoff.Next();
            Assert.IsGreaterThanOrEqualTo(most / 2, pause);
            Assert.IsLessThanOrEqualTo(most, pause);
        }
    }

    [TestMethod]
    public void Two_devices_do_not_pause_alike()
    {
        Backoff one = new(new Random(1), 2, 120);
        Backoff other = new(new Random(2), 2, 120);
        Assert.IsFalse(Enumerable.Range(0, 8).All(_ => one.Next() == other.Next()));
    }

    [TestMethod]
    public void A_success_starts_the_row_again()
    {
        Backoff backoff = new(new Random(1), 2, 120);
        for (int i = 0; i < 5; i++)
        {
            backoff.Next();
        }

        backoff.Reset();
        Assert.IsLessThanOrEqualTo(2000, backoff.Next());
    }
}
