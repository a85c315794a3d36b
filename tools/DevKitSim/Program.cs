using System.CommandLine;
using System.CommandLine.Invocation;
using DevKit.Sim.Commands;

namespace DevKit.Sim;

/// <summary>The virtual DevKit's command line.</summary>
public static class Program
{
    /// <summary>Runs a command.</summary>
    /// <returns>0 when all went well, 1 when not.</returns>
    public static async Task<int> Main(string[] args)
    {
        RootCommand root = new("A virtual MXChip IoT DevKit: the firmware's own code on virtual parts.")
        {
            RunCommand.Create(),
            ImageCommand.Create(),
        };
        try
        {
            ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
            if (parsed.Action is ParseErrorAction error)
            {
                // The help is longer than a screen: the message would be out of sight.
                error.ShowHelp = false;
            }

            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"The virtual DevKit failed in a way that it should not: {e.GetType().Name}. {e.Message}");
            return 1;
        }
    }
}
