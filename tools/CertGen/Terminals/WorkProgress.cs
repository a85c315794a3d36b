using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DevKit.CertGen.Terminals;

/// <summary>
/// How far a long work is: a bar with rate and time left on the error stream where that is a terminal, and nothing elsewhere.
/// </summary>
internal sealed class WorkProgress
{
    private readonly ProgressTask? _task;

    private WorkProgress(Terminal terminal, ProgressTask? task)
    {
        Terminal = terminal;
        _task = task;
    }

    /// <summary>Where warnings and errors go meanwhile: above the bar.</summary>
    public Terminal Terminal { get; }

    /// <summary>Does a work.</summary>
    /// <param name="terminal">Where it is shown.</param>
    /// <param name="what">What is counted.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="work">The work.</param>
    public static Task<T> RunAsync<T>(Terminal terminal, string what, int total, Func<WorkProgress, Task<T>> work)
        => ReferenceEquals(terminal.Error, Console.Error) && !Console.IsErrorRedirected
            ? RunAsync(
                AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }), terminal, what, total, work)
            : work(new WorkProgress(terminal, null));

    /// <summary>Does a work whose progress a console shows.</summary>
    /// <inheritdoc cref="RunAsync{T}(Terminal, string, int, Func{WorkProgress, Task{T}})"/>
    internal static Task<T> RunAsync<T>(IAnsiConsole console, Terminal terminal, string what, int total, Func<WorkProgress, Task<T>> work)
    {
        ProgressColumn[] columns =
            [new TaskDescriptionColumn(), new ProgressBarColumn(), new CountColumn(), new RateColumn(), new RemainingTimeColumn()];
        return console.Progress().Columns(columns).StartAsync(context =>
        {
            var above = new Terminal
            {
                Input = terminal.Input,
                Output = terminal.Output,
                Error = new ConsoleLines(console),
                Json = terminal.Json,
            };
            return work(new WorkProgress(above, context.AddTask(what, maxValue: Math.Max(total, 1))));
        });
    }

    /// <summary>Counts what is done.</summary>
    public void Advance(int count) => _task?.Increment(count);

    private sealed class CountColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
            => new Text($"{task.Value:0} of {task.MaxValue:0}");
    }

    private sealed class RateColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
            => new Text($"{(task.Speed ?? 0) * 60:0}/min");
    }

    /// <summary>Writes whole lines to a console that redraws its last ones.</summary>
    private sealed class ConsoleLines(IAnsiConsole console) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => console.WriteLine(value ?? "");
    }
}
