namespace DevKit.DpsEmulator.Events;

/// <summary>A line of the log.</summary>
/// <param name="Number">Counts from 1 on.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Text">What happened; printable, and no longer than a screen takes.</param>
internal readonly record struct LogLine(long Number, DateTimeOffset Time, string Text);
