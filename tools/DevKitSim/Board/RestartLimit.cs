using System.Diagnostics;

namespace DevKit.Sim.Board;

/// <summary>
/// How often a microcontroller whose process ends by itself is started again: one that crashes at once would do so for ever.
/// </summary>
internal sealed class RestartLimit
{
    private const int MostInARow = 3;
    private static readonly TimeSpan LongRun = TimeSpan.FromSeconds(30);

    private long _startedAt;
    private int _endsInARow;

    /// <summary>Counts a start.</summary>
    /// <param name="byUser">Whether a person plugged the board in or reset it: that begins a new row.</param>
    public void Started(bool byUser)
    {
        _startedAt = Stopwatch.GetTimestamp();
        _endsInARow = byUser ? 0 : _endsInARow;
    }

    /// <summary>Counts an end.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="message">A sentence for the user.</param>
    /// <returns>Whether it is to be started again.</returns>
    public bool ShouldRestart(string end, out string message)
    {
        _endsInARow = Stopwatch.GetElapsedTime(_startedAt) > LongRun ? 1 : _endsInARow + 1;
        bool again = _endsInARow <= MostInARow;
        message = "The microcontroller's process ended by itself, "
            + (again ? "and is started again: " : $"{_endsInARow} times in a row, and stays off until a reset: ")
            + end;
        return again;
    }
}
