namespace DevKit.VirtualParts.Faults;

/// <summary>The faults that a virtual chip is to suffer. Each strikes when its command comes and it is not used up.</summary>
public sealed class FaultPlan
{
    private readonly Fault[] _faults;
    private readonly int[] _left;

    /// <summary>A plan of some faults, or of none.</summary>
    public FaultPlan(params Fault[] faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        _faults = faults;
        _left = [.. faults.Select(fault => fault.Times)];
    }

    /// <summary>How many transfers or commands were spoiled so far.</summary>
    public int Strikes { get; private set; }

    /// <summary>Finds the first fault of a kind that is due, and counts it.</summary>
    /// <param name="kind">Which kind.</param>
    /// <param name="command">The number of the command at hand.</param>
    /// <param name="value">The fault's value.</param>
    internal bool TryStrike(FaultKind kind, int command, out int value) => TryStrike(kind, command, _ => true, out value);

    /// <summary>The same, of those whose value fits.</summary>
    internal bool TryStrike(FaultKind kind, int command, Func<int, bool> fits, out int value)
    {
        for (int i = 0; i < _faults.Length; i++)
        {
            Fault fault = _faults[i];
            if (fault.Kind == kind && _left[i] > 0 && fault.IsDue(command) && fits(fault.Value))
            {
                _left[i] -= fault.Times == Fault.ForEver ? 0 : 1;
                Strikes++;
                value = fault.Value;
                return true;
            }
        }

        value = 0;
        return false;
    }
}
