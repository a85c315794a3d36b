using DevKit.Support.Machines;

namespace DevKit.Support.Boards;

/// <summary>
/// The stand-ins know one board in a process: who uses them for a moment waits for the one before. Tests that run firmware in this
/// process have it to themselves (<c>DoNotParallelize</c>).
/// </summary>
public static class MachineGate
{
    private static readonly Lock Gate = new();

    /// <summary>Does something with a board that the stand-ins see.</summary>
    public static T Use<T>(TestMachine machine, Func<T> work)
    {
        lock (Gate)
        {
            machine.Install();
            return work();
        }
    }
}
