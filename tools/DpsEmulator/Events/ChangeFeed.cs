namespace DevKit.DpsEmulator.Events;

/// <summary>Hands each change to all who subscribed.</summary>
internal sealed class ChangeFeed
{
    private readonly Lock _gate = new();
    private readonly List<ChangeSubscription> _subscriptions = [];

    /// <summary>Something changed.</summary>
    internal void Publish(Change change)
    {
        ChangeSubscription[] subscriptions;
        lock (_gate)
        {
            subscriptions = [.. _subscriptions];
        }

        foreach (ChangeSubscription subscription in subscriptions)
        {
            subscription.Add(change);
        }
    }

    /// <summary>Keeps changes from now on, until the subscription is disposed of. Subscribe before looking at what may change.</summary>
    /// <param name="filter">Which changes, or null for all.</param>
    internal ChangeSubscription Subscribe(Func<Change, bool>? filter = null)
    {
        var subscription = new ChangeSubscription(filter, Remove);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    private void Remove(ChangeSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }
}
