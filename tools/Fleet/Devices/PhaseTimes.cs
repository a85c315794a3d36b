using System.Collections.Concurrent;
using System.Diagnostics;

namespace DevKit.Fleet.Devices;

/// <summary>How long each phase took each device that came through it.</summary>
internal sealed class PhaseTimes
{
    private readonly ConcurrentBag<TimeSpan>[] _times = [.. Enum.GetValues<Phase>().Select(_ => new ConcurrentBag<TimeSpan>())];

    internal async Task<T> MeasureAsync<T>(Phase phase, Func<Task<T>> act)
    {
        long start = Stopwatch.GetTimestamp();
        T result = await act();
        _times[(int)phase].Add(Stopwatch.GetElapsedTime(start));
        return result;
    }

    internal Task MeasureAsync(Phase phase, Func<Task> act) => MeasureAsync(phase, async () =>
    {
        await act();
        return true;
    });

    /// <summary>How many devices came through.</summary>
    internal int Count(Phase phase) => _times[(int)phase].Count;

    /// <summary>The time that a share of the devices did not exceed (nearest rank); null where none came through.</summary>
    /// <param name="phase">What they did.</param>
    /// <param name="share">0.5 for the median.</param>
    internal TimeSpan? Percentile(Phase phase, double share)
    {
        TimeSpan[] sorted = [.. _times[(int)phase].Order()];
        return sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
