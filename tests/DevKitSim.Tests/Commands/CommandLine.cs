namespace DevKit.Sim.Tests.Commands;

/// <summary>The command line in this process; its users do not run in parallel, as the console is one.</summary>
internal static class CommandLine
{
    // Nothing is measured by it: a command that is not refused would run on.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a command that is refused, a line for each thing, without a stack trace.</summary>
    /// <returns>The lines.</returns>
    public static async Task<string> RefuseAsync(params string[] arguments)
    {
        TextWriter before = Console.Error;
        using StringWriter error = new();
        Console.SetError(error);
        try
        {
            Assert.AreEqual(1, await Task.Run(() => Program.Main(arguments)).WaitAsync(Patience), error.ToString());
        }
        finally
        {
            Console.SetError(before);
        }

        string refusal = error.ToString().TrimEnd();
        foreach (string line in refusal.Split('\n'))
        {
            Assert.StartsWith("Error: ", line);
        }

        Assert.DoesNotContain("Exception", refusal);
        Assert.DoesNotContain("should not happen", refusal);
        return refusal;
    }
}
