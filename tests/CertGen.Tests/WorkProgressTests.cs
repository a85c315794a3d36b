using System.Globalization;
using DevKit.CertGen.Terminals;
using Spectre.Console;

namespace DevKit.CertGen.Tests;

[TestClass]
public sealed class WorkProgressTests
{
    [TestMethod]
    public async Task Bar_shows_count_rate_and_time_left_and_messages_stand_above_it()
    {
        using var screen = new StringWriter(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(screen),
        });
        console.Profile.Width = 100;
        var terminal = new Terminal { Input = TextReader.Null, Output = TextWriter.Null, Error = TextWriter.Null };

        int result = await WorkProgress.RunAsync(console, terminal, "Boards", 20, progress =>
        {
            progress.Advance(5);
            progress.Terminal.Warn("line 7 is odd");
            progress.Advance(15);
            return Task.FromResult(7);
        });

        Assert.AreEqual(7, result);
        string[] lines = screen.ToString().Split('\n');
        StringAssert.Matches(
            lines.Last(line => line.Contains("Boards", StringComparison.Ordinal)), new(@"Boards .*20 of 20 +[0-9]+/min +[0-9:]+"));
        Assert.IsTrue(lines.Any(line => line.Contains("Warning: line 7 is odd", StringComparison.Ordinal)), screen.ToString());
    }

    [TestMethod]
    public async Task Without_a_terminal_nothing_is_shown()
    {
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var terminal = new Terminal { Input = TextReader.Null, Output = TextWriter.Null, Error = error };

        await WorkProgress.RunAsync(terminal, "Boards", 20, progress =>
        {
            progress.Advance(20);
            return Task.FromResult(0);
        });

        Assert.AreEqual("", error.ToString());
    }
}
