namespace DevKit.DpsEmulator.Events;

/// <summary>The changes that one subscriber has not seen yet; of those of one kind, hub and ID, the latest.</summary>
internal sealed class ChangeSubscription(Func<Change, bool>? filter, Action<ChangeSubscription> unsubscribe) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(ChangeKind Kind, string? Hub, string Id), Change> _pending = [];
    private TaskCompletionSource _any = NewSignal();

    /// <inheritdoc/>
    public void Dispose() => unsubscribe(this);

    /// <summary>Waits for a change, and returns all that are pending: at least one.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    internal async Task<IReadOnlyList<Change>> ReadAsync(CancellationToken cancellationToken)
    {
        Task any;
        lock (_gate)
        {
            any = _any.Task;
        }

        await any.WaitAsync(cancellationToken);
        lock (_gate)
        {
            Change[] changes = [.. _pending.Values];
            _pending.Clear();
            _any = NewSignal();
            return changes;
        }
    }

    internal void Add(Change change)
    {
        if (filter?.Invoke(change) == false)
        {
            return;
        }

        lock (_gate)
        {
            _pending[(change.Kind, change.Hub, change.Id)] = change;
            _any.TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
