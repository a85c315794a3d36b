using System.Diagnostics;

namespace DevKit.Fleet.Servers;

/// <summary>What a server's process has used.</summary>
/// <param name="Processor">Processor time since its start.</param>
/// <param name="Memory">Resident memory, bytes.</param>
internal readonly record struct ServerUsage(TimeSpan Processor, long Memory)
{
    internal static ServerUsage Read(Process process)
    {
        process.Refresh();
        return new ServerUsage(process.TotalProcessorTime, process.WorkingSet64);
    }
}
