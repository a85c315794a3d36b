namespace nanoFramework.M2Mqtt.Internal;

/// <summary>What the threads of a client know in common.</summary>
internal sealed class ClientState
{
    private volatile bool _isRunning;
    private volatile bool _isClosing;
    private volatile bool _isConnected;

    /// <summary>Whether the threads go on. A new connection sets it, closing clears it.</summary>
    internal bool IsRunning
    {
        get => _isRunning;
        set => _isRunning = value;
    }

    /// <summary>Whether the connection is to be closed once the events are raised. Only a new connection clears it.</summary>
    internal bool IsClosing
    {
        get => _isClosing;
        set => _isClosing = value;
    }

    internal bool IsConnected
    {
        get => _isConnected;
        set => _isConnected = value;
    }

    /// <summary>Wakes the thread that raises events.</summary>
    internal AutoResetEvent EventsPending { get; } = new(false);

    /// <summary>Lets the thread that raises events close the connection, and say so; from here on the client is not connected.</summary>
    internal void BeginClosing()
    {
        if (!_isClosing)
        {
            _isClosing = true;
            _isConnected = false;
            EventsPending.Set();
        }
    }
}
