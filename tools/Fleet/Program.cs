namespace DevKit.Fleet;

/// <summary>The fleet as a program.</summary>
public static class Program
{
    /// <summary>Runs the fleet on the console.</summary>
    /// <param name="args">Options; <c>--help</c> lists them.</param>
    /// <returns>0 when no device was lost; else, or when the input was refused, 1.</returns>
    public static Task<int> Main(string[] args) => FleetCommand.RunAsync(args, Console.Out, Console.Error);
}
