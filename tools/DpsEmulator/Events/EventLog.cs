namespace DevKit.DpsEmulator.Events;

/// <summary>A line for each thing that happens.</summary>
internal sealed class EventLog(Action<string>? sink, TimeProvider clock)
{
    /// <summary>The longest line, in characters; values of devices are cut where they are named, by <see cref="LogText"/>.</summary>
    private const int MaximumLength = 1000;

    private readonly Lock _gate = new();

    internal void Write(string line)
    {
        if (sink is null)
        {
            return;
        }

        string clean = LogText.Clean(line, MaximumLength);
        lock (_gate)
        {
            sink($"{clock.GetLocalNow():HH:mm:ss} {clean}");
        }
    }
}
