using DevKit.CommandLine;

namespace DevKit.Demo;

/// <summary>The demo's command line.</summary>
public static class Program
{
    /// <summary>Runs the demo.</summary>
    /// <returns>0 when every step showed what it should, 1 when not.</returns>
    public static Task<int> Main(string[] args) => CommandRunner.RunAsync(DemoCommand.Create(), args, Console.Out, Console.Error);
}
