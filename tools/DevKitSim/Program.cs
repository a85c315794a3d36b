using System.CommandLine;
using DevKit.CommandLine;
using DevKit.Sim.Commands;

namespace DevKit.Sim;

/// <summary>The virtual DevKit's command line.</summary>
public static class Program
{
    /// <summary>Runs a command; none asks for the help.</summary>
    /// <returns>0 when all went well, 1 when not.</returns>
    public static Task<int> Main(string[] args)
    {
        RootCommand root = new("A virtual MXChip IoT DevKit: the firmware's own code on virtual parts.")
        {
            RunCommand.Create(),
            ImageCommand.Create(),
        };
        return CommandRunner.RunAsync(root, args.Length == 0 ? ["--help"] : args, Console.Out, Console.Error);
    }
}
