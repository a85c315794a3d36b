using DevKit.Sim.Board;
using NanoStandIns;

namespace DevKit.Support.Boards;

/// <summary>
/// Acts at the n-th transfer between the firmware and a part, before the firmware has the outcome. Only what the part acknowledges is
/// counted: how often the firmware finds it busy depends on the time, all else on the firmware alone.
/// </summary>
public sealed class TransferTrigger : IDisposable
{
    private readonly VirtualDevKit _board;
    private readonly int _address;
    private readonly int _number;
    private readonly Action _act;
    private int _count;
    private volatile bool _hasActed;

    /// <summary>Counts from now on.</summary>
    /// <param name="board">The board.</param>
    /// <param name="address">The part.</param>
    /// <param name="number">At which transfer to act, from 1; 0 for none: to count.</param>
    /// <param name="act">What to do, on the board's thread.</param>
    public TransferTrigger(VirtualDevKit board, int address, int number, Action act)
    {
        (_board, _address, _number, _act) = (board, address, number, act);
        _board.Transferred += OnTransferred;
    }

    /// <summary>How many transfers there were.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Waits until it has acted.</summary>
    public Task WaitAsync() => TestBoard.WaitUntilAsync(() => _hasActed, $"There were {Count} transfers, and not {_number}.");

    public void Dispose() => _board.Transferred -= OnTransferred;

    private void OnTransferred(int address, I2cOutcome outcome)
    {
        if (address == _address && outcome == I2cOutcome.Complete && Interlocked.Increment(ref _count) == _number)
        {
            _act();
            _hasActed = true;
        }
    }
}
