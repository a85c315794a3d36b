namespace DevKit.VirtualParts.Faults;

/// <summary>One fault of a <see cref="FaultPlan"/>.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Command">
/// With which command, counted from 1: the chip counts those that it has received, so a command that is sent again after it was
/// not received keeps its number, and reads belong to the command received last. <see cref="AnyCommand"/> for the first that comes.
/// </param>
/// <param name="Value">Which byte, bit, status or length: see <see cref="FaultKind"/>.</param>
/// <param name="Times">
/// How many transfers of the command it spoils; <see cref="ForEver"/> for all of them, and those of all commands that follow.
/// </param>
public sealed record Fault(FaultKind Kind, int Command, int Value = 0, int Times = 1)
{
    /// <summary>For <see cref="Command"/>: whichever comes.</summary>
    public const int AnyCommand = 0;

    /// <summary>For <see cref="Times"/>: without end.</summary>
    public const int ForEver = int.MaxValue;

    /// <summary>Whether it may strike with a command.</summary>
    internal bool IsDue(int command) => Command == AnyCommand || Command == command || (Times == ForEver && command > Command);
}
