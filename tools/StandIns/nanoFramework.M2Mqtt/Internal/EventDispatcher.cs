namespace nanoFramework.M2Mqtt.Internal;

/// <summary>
/// The thread that raises events, and that closes a connection which is to be closed once it has raised what was left. A handler
/// that throws costs the connection, and nobody is told why.
/// </summary>
/// <param name="state">The client's state.</param>
/// <param name="raise">Raises one event.</param>
/// <param name="close">Closes the client.</param>
/// <param name="closed">Says that it was closed.</param>
internal sealed class EventDispatcher(ClientState state, Action<ClientEvent> raise, Action close, Action closed)
{
    private readonly Queue<ClientEvent> _events = new();

    internal void Add(ClientEvent happened)
    {
        lock (_events)
        {
            _events.Enqueue(happened);
        }

        state.EventsPending.Set();
    }

    internal void Clear()
    {
        lock (_events)
        {
            _events.Clear();
        }
    }

    internal void Run()
    {
        while (state.IsRunning)
        {
            try
            {
                if (RaiseNext())
                {
                    return;
                }
            }
            catch (Exception)
            {
                state.BeginClosing();
            }
        }
    }

    /// <summary>Whether the connection is closed, and this thread done.</summary>
    private bool RaiseNext()
    {
        if (IsEmpty() && !state.IsClosing)
        {
            state.EventsPending.WaitOne();
        }

        if (!state.IsRunning)
        {
            return true;
        }

        if (TryTake(out ClientEvent happened))
        {
            raise(happened);
        }

        if (!IsEmpty() || !state.IsClosing)
        {
            return false;
        }

        close();
        closed();
        return true;
    }

    private bool IsEmpty()
    {
        lock (_events)
        {
            return _events.Count == 0;
        }
    }

    private bool TryTake(out ClientEvent happened)
    {
        lock (_events)
        {
            return _events.TryDequeue(out happened);
        }
    }
}
