using System.CommandLine;
using System.Runtime.InteropServices;

namespace DevKit.CertGen.Terminals;

/// <summary>
/// What a command does, so that Ctrl+C ends it at any moment: it runs in the background, and the signal is listened for before it does;
/// System.CommandLine listens only when an action has returned its task.
/// </summary>
internal static class CommandAction
{
    /// <summary>Gives a command its action.</summary>
    /// <param name="command">The command.</param>
    /// <param name="terminal">What it talks to: Ctrl+C ends a question, and keeps files from being written.</param>
    /// <param name="run">Returns the exit code.</param>
    public static void SetAction(this Command command, Terminal terminal, Func<ParseResult, int> run)
        => command.SetAction(terminal, (parsed, _) => Task.FromResult(run(parsed)));

    /// <inheritdoc cref="SetAction(Command, Terminal, Func{ParseResult, int})"/>
    public static void SetAction(this Command command, Terminal terminal, Func<ParseResult, CancellationToken, Task<int>> run)
        => command.SetAction(async (parsed, cancellation) =>
        {
            using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, interruption));
            terminal.Cancellation = interruption.Token;
            terminal.Json = parsed.GetValue(CertGenCommand.Json);
            return await Task.Run(() => run(parsed, interruption.Token), CancellationToken.None);
        });

    private static void Interrupt(PosixSignalContext context, CancellationTokenSource interruption)
    {
        context.Cancel = true;
        try
        {
            interruption.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command has ended meanwhile: a signal that is being handled is not waited for.
        }
    }
}
