namespace DevKit.DpsEmulator.Events;

/// <summary>A line for each thing that happens: written where the program writes, and the latest kept to be read.</summary>
internal sealed class EventLog(Action<string>? sink, ChangeFeed changes, TimeProvider clock)
{
    /// <summary>How many lines are kept.</summary>
    internal const int Capacity = 500;

    /// <summary>The longest line, in characters; values of devices are cut where they are named, by <see cref="LogText"/>.</summary>
    private const int MaximumLength = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _latest = new(Capacity);
    private long _lastNumber;

    internal void Write(string line)
    {
        string clean = LogText.Clean(line, MaximumLength);
        DateTimeOffset now = clock.GetLocalNow();
        lock (_gate)
        {
            if (_latest.Count == Capacity)
            {
                _latest.Dequeue();
            }

            _latest.Enqueue(new LogLine(++_lastNumber, now, clean));
            sink?.Invoke($"{now:HH:mm:ss} {clean}");
        }

        changes.Publish(new Change(ChangeKind.Log, ""));
    }

    /// <summary>The lines that are kept, oldest first.</summary>
    /// <param name="number">Only those after this one; 0 for all.</param>
    internal IReadOnlyList<LogLine> After(long number)
    {
        lock (_gate)
        {
            return [.. _latest.SkipWhile(line => line.Number <= number)];
        }
    }
}
