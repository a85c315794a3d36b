using DevKit.DpsEmulator.Events;
using Microsoft.AspNetCore.Connections;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>
/// How many connections of a listener may wait for their CONNECT, from before the TLS handshake on. Beyond it new ones are closed at
/// once: connections that say nothing cannot pile up.
/// </summary>
internal sealed class ConnectLimit(int maximum, EventLog log)
{
    /// <summary>What a listener takes.</summary>
    internal const int Maximum = 1000;

    private int _waiting;
    private int _closing;

    /// <summary>Counts a connection until its <see cref="Waiting"/> ends, or it does.</summary>
    internal async Task InvokeAsync(ConnectionContext connection, Func<Task> next)
    {
        using var waiting = new Waiting(this);
        if (Interlocked.Increment(ref _waiting) > maximum)
        {
            // The first of many is logged, or the log is what piles up.
            if (Interlocked.Exchange(ref _closing, 1) == 0)
            {
                log.Write($"New connections are closed: {maximum} others have sent no CONNECT");
            }

            connection.Abort(new ConnectionAbortedException("Too many connections have sent no CONNECT."));
            return;
        }

        connection.Features.Set(waiting);
        await next();
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _waiting) < maximum)
        {
            Volatile.Write(ref _closing, 0);
        }
    }

    /// <summary>A connection that has sent no CONNECT yet; a feature of it.</summary>
    internal sealed class Waiting(ConnectLimit limit) : IDisposable
    {
        private ConnectLimit? _limit = limit;

        /// <summary>The CONNECT is here, or what has come is no MQTT.</summary>
        public void Dispose() => Interlocked.Exchange(ref _limit, null)?.Release();
    }
}
