using DevKit.Dps.Tests.Support;

namespace DevKit.Dps.Tests.Time;

/// <summary>The tests' own clock: a fault in it would be a fault in each test that stands on it.</summary>
[TestClass]
public sealed class ManualClockTests
{
    private readonly ManualClock _clock = new();

    [TestMethod]
    public async Task A_pause_lasts_until_the_test_lets_its_time_pass()
    {
        long start = _clock.Milliseconds;
        Task<long> device = Task.Run(() =>
        {
            _clock.Sleep(300_000);
            return _clock.Milliseconds;
        });
        Assert.AreEqual(300_000, await _clock.PausingAsync());
        _clock.Advance(299_999);
        Assert.AreEqual(1, await _clock.PausingAsync());
        _clock.Advance(1);
        Assert.AreEqual(start + 300_000, await device);
    }

    [TestMethod]
    public void What_takes_no_time_does_not_wait()
    {
        using ManualResetEvent never = new(false);
        _clock.Sleep(0);
        Assert.IsFalse(_clock.Wait(never, 0));
        Assert.IsFalse(_clock.Wait(never, -1));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1000)]
    public void A_signal_that_has_come_is_seen_once(int milliseconds)
    {
        using AutoResetEvent signal = new(true);
        Assert.IsTrue(_clock.Wait(signal, milliseconds));
        Assert.IsFalse(_clock.Wait(signal, 0));
    }

    [TestMethod]
    public async Task A_wait_ends_by_its_signal_and_takes_no_time()
    {
        long start = _clock.Milliseconds;
        using AutoResetEvent signal = new(false);
        Task<bool> device = Task.Run(() => _clock.Wait(signal, 30_000));
        await _clock.WaitingAsync(30_000);
        signal.Set();
        Assert.IsTrue(await device);
        Assert.AreEqual(start, _clock.Milliseconds);
    }

    [TestMethod]
    public async Task A_wait_in_vain_ends_at_its_deadline()
    {
        using AutoResetEvent signal = new(false);
        Task<bool> device = Task.Run(() => _clock.Wait(signal, 30_000));
        await _clock.WaitingAsync(30_000);
        _clock.Advance(30_000);
        Assert.IsFalse(await device);
    }

    [TestMethod]
    public async Task A_wait_whose_signal_has_come_is_not_found_though_its_thread_has_not_run()
    {
        for (int i = 0; i < 1000; i++)
        {
            using AutoResetEvent first = new(false);
            using ManualResetEvent second = new(false);
            Task<(bool, bool)> device = Task.Run(() => (_clock.Wait(first, 1000), _clock.Wait(second, 2000)));
            await _clock.WaitingAsync(1000);
            first.Set();
            await _clock.WaitingAsync(2000);
            _clock.Advance(2000);
            Assert.AreEqual((true, false), await device);
        }
    }

    [TestMethod]
    public async Task Pauses_pass_one_after_the_other_for_at_least_as_long_as_the_test_says()
    {
        int pauses = 0;
        Task device = Task.Run(() =>
        {
            for (; pauses < 4; pauses++)
            {
                _clock.Sleep(1000);
            }
        });
        await _clock.PassAsync(2500);
        Assert.AreEqual(1000, await _clock.PausingAsync());
        Assert.AreEqual(3, pauses);
        _clock.PassPause();
        await device;
        Assert.AreEqual(4, pauses);
    }

    [TestMethod]
    public void The_date_goes_with_the_time()
    {
        DateTime start = _clock.UtcNow;
        _clock.Advance(86_400_000);
        Assert.AreEqual(start.AddDays(1), _clock.UtcNow);
    }
}
