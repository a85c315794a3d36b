namespace DevKit.Support.Chip;

/// <summary>A clock that stands still but for what transfers and pauses take.</summary>
public sealed class VirtualClock : TimeProvider
{
    private TimeSpan _now = TimeSpan.FromHours(1);

    /// <summary>Time since the clock was made.</summary>
    public TimeSpan Elapsed => _now - TimeSpan.FromHours(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public void Advance(TimeSpan time) => _now += time;

    /// <summary>In the shape of the driver's pause.</summary>
    public void Pause(int milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));
}
