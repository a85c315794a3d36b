namespace DevKit.DpsEmulator.Events;

/// <summary>A line for each thing that happens; control characters of devices do not reach the terminal.</summary>
internal sealed class EventLog(Action<string>? sink, TimeProvider clock)
{
    private readonly Lock _gate = new();

    internal void Write(string line)
    {
        if (sink is null)
        {
            return;
        }

        string clean = string.Concat(line.Select(c => char.IsControl(c) ? '?' : c));
        lock (_gate)
        {
            sink($"{clock.GetLocalNow():HH:mm:ss} {clean}");
        }
    }
}
