using DevKit.Azure.Time;
using DevKit.Dps.Time;
using DevKit.Support.Servers;

namespace DevKit.Dps.Tests.Support;

/// <summary>
/// A clock that stands still until the test lets time pass: what takes minutes on a board takes none here. A signal that is waited for
/// comes when it comes; a pause, or a wait in vain, ends when the test says so.
/// </summary>
internal sealed class ManualClock : IClock
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _now = 1000;

    /// <summary>The date at the start.</summary>
    internal DateTime Start { get; set; } = new(2026, 11, 25, 10, 0, 0, DateTimeKind.Utc);

    public long Milliseconds
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    public DateTime UtcNow => Start.AddMilliseconds(Milliseconds);

    public void Sleep(int milliseconds)
    {
        if (milliseconds > 0)
        {
            Await(null, milliseconds);
        }
    }

    public bool Wait(WaitHandle signal, int milliseconds) => signal.WaitOne(0) || (milliseconds > 0 && Await(signal, milliseconds));

    /// <summary>Waits until the firmware pauses; returns how long it will, in milliseconds.</summary>
    internal async Task<int> PausingAsync() => (int)(await FindAsync(waiter => waiter.IsPause) - Milliseconds);

    /// <summary>Waits until the firmware waits, for something that has not come, for just so long.</summary>
    internal Task WaitingAsync(int milliseconds) => FindAsync(waiter => !waiter.IsPause && waiter.Deadline == _now + milliseconds);

    /// <summary>
    /// Waits until the firmware has nothing to do at its hub, and does not wait for an acknowledgement, for which it would wait longer;
    /// returns how long it will.
    /// </summary>
    internal async Task<int> IdleAsync() =>
        (int)(await FindAsync(waiter => !waiter.IsPause && waiter.Deadline <= _now + 10_000) - Milliseconds);

    /// <summary>Lets time pass.</summary>
    internal void Advance(long milliseconds)
    {
        lock (_gate)
        {
            _now += milliseconds;
            foreach (Waiter waiter in _waiters.Where(waiter => waiter.Deadline <= _now))
            {
                waiter.Woken.Set();
            }
        }
    }

    /// <summary>Lets the pause pass that the firmware is in, if it is in one.</summary>
    internal void PassPause()
    {
        lock (_gate)
        {
            if (_waiters.Find(waiter => waiter.IsPause && waiter.Deadline > _now) is { } waiter)
            {
                Advance(waiter.Deadline - _now);
            }
        }
    }

    /// <summary>Lets pauses pass, one after the other, until at least so much time has passed.</summary>
    internal async Task PassAsync(long milliseconds)
    {
        long end = Milliseconds + milliseconds;
        while (Milliseconds < end)
        {
            Advance(await FindAsync(waiter => waiter.IsPause) - Milliseconds);
        }
    }

    // The firmware's thread itself has to say that it still waits: its signal may have come without its having run since.
    private async Task<long> FindAsync(Func<Waiter, bool> match)
    {
        using var limit = new CancellationTokenSource(ScriptedServer.Patience);
        Waiter? asked = null;
        int question = 0;
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                Waiter? found = _waiters.Find(waiter => waiter.Deadline > _now && match(waiter));
                if (found is not null && found == asked && found.Answered >= question)
                {
                    return found.Deadline;
                }

                if (found is not null && found != asked)
                {
                    asked = found;
                    question = ++found.Asked;
                    found.Woken.Set();
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    private bool Await(WaitHandle? signal, int milliseconds)
    {
        Waiter waiter;
        lock (_gate)
        {
            waiter = new Waiter(_now + milliseconds, signal is null);
            _waiters.Add(waiter);
            NotifyChange();
        }

        WaitHandle[] handles = signal is null ? [waiter.Woken] : [signal, waiter.Woken];
        while (true)
        {
            bool isSignalled = handles[WaitHandle.WaitAny(handles)] == signal;
            lock (_gate)
            {
                bool isOver = isSignalled || waiter.Deadline <= _now;
                if (isOver)
                {
                    _waiters.Remove(waiter);
                }

                waiter.Answered = waiter.Asked;
                NotifyChange();
                if (isOver)
                {
                    return isSignalled;
                }
            }
        }
    }

    private void NotifyChange()
    {
        TaskCompletionSource changed = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }

    /// <summary>A thread that waits, and how often it was asked whether it still does.</summary>
    private sealed class Waiter(long deadline, bool isPause)
    {
        internal long Deadline => deadline;

        internal bool IsPause => isPause;

        internal AutoResetEvent Woken { get; } = new(false);

        internal int Asked { get; set; }

        internal int Answered { get; set; }
    }
}
