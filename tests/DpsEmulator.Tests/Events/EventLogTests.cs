using DevKit.DpsEmulator.Events;
using Microsoft.Extensions.Time.Testing;

namespace DevKit.DpsEmulator.Tests.Events;

/// <summary>The log's latest lines.</summary>
[TestClass]
public sealed class EventLogTests
{
    private readonly ChangeFeed _changes = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [TestMethod]
    public async Task A_line_is_written_kept_and_told_of()
    {
        var written = new List<string>();
        var log = new EventLog(written.Add, _changes, _clock);
        using ChangeSubscription subscription = _changes.Subscribe();
        log.Write("a\nb");
        Assert.AreEqual("03:04:05 a?b", written.Single());
        Assert.AreEqual(new LogLine(1, _clock.GetLocalNow(), "a?b"), log.After(0).Single());
        Assert.AreEqual(ChangeKind.Log, (await subscription.ReadAsync(CancellationToken.None)).Single().Kind);
    }

    [TestMethod]
    public void The_latest_are_kept_and_counted_on()
    {
        var log = new EventLog(null, _changes, _clock);
        for (int i = 1; i <= EventLog.Capacity + 3; i++)
        {
            log.Write($"line {i}");
        }

        IReadOnlyList<LogLine> lines = log.After(0);
        Assert.HasCount(EventLog.Capacity, lines);
        Assert.AreEqual("line 4", lines[0].Text);
        Assert.AreEqual(4, lines[0].Number);
        Assert.AreEqual($"line {EventLog.Capacity + 3}", log.After(EventLog.Capacity + 2).Single().Text);
        Assert.IsEmpty(log.After(EventLog.Capacity + 3));
    }
}
