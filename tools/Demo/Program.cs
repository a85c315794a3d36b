using System.CommandLine;
using System.CommandLine.Invocation;

namespace DevKit.Demo;

/// <summary>The demo's command line.</summary>
public static class Program
{
    /// <summary>Runs the demo.</summary>
    /// <returns>0 when every step showed what it should, 1 when not.</returns>
    public static async Task<int> Main(string[] args)
    {
        try
        {
            ParseResult parsed = DemoCommand.Create().Parse(args);
            if (parsed.Action is ParseErrorAction error)
            {
                error.ShowHelp = false;
            }

            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"The demo failed in a way that it should not: {e.GetType().Name}. {e.Message}");
            return 1;
        }
    }
}
