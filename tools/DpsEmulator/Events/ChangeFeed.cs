namespace DevKit.DpsEmulator.Events;

/// <summary>Lets many wait for the next change of anything that is shown.</summary>
internal sealed class ChangeFeed
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next change. Take it before looking at what may have changed.</summary>
    internal Task Next
    {
        get
        {
            lock (_gate)
            {
                return _next.Task;
            }
        }
    }

    /// <summary>Something changed.</summary>
    internal void Signal()
    {
        TaskCompletionSource reached;
        lock (_gate)
        {
            reached = _next;
            _next = New();
        }

        reached.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
