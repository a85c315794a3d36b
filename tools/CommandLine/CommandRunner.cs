using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;

namespace DevKit.CommandLine;

/// <summary>
/// Runs a tool's command line: what is refused is told on the error stream, a line each that begins with <c>Error:</c>, and no stack
/// trace reaches a user.
/// </summary>
public static partial class CommandRunner
{
    /// <summary>The exit code when all went well.</summary>
    public const int Success = 0;

    /// <summary>The exit code when the input was refused, or something failed.</summary>
    public const int Failure = 1;

    /// <summary>The exit code when the user interrupted the tool (128 and SIGINT's number, as shells have it).</summary>
    public const int Interrupted = 130;

    // From Ctrl+C to the end, whatever is half done by then: a busy machine takes its time to finish a file, and then to say so.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(20);

    private const string Hidden = "'(not shown)'";
    private const string HiddenEnd = Hidden + ".";
    private const string StrayRemedy = "Name the option that a value belongs to, and put quotes around one that has blanks.";

    /// <summary>Parses the arguments and runs the command that they name.</summary>
    /// <param name="root">The commands. Their actions throw <see cref="CommandException"/> for what is refused.</param>
    /// <param name="args">The arguments. None of them names a file of further arguments.</param>
    /// <param name="output">Results, and the help.</param>
    /// <param name="error">Refusals.</param>
    /// <param name="cancellation">Interrupts it, as Ctrl+C does.</param>
    /// <returns>What the action returns, or one of the exit codes above.</returns>
    public static async Task<int> RunAsync(
        RootCommand root, string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(error);
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return Refuse(parsed, error);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToEnd,
            };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (CommandException e)
        {
            return Fail(error, e.Message, Failure);
        }
        catch (OperationCanceledException)
        {
            return Fail(error, "interrupted.", Interrupted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(error, $"{e.Message} See to the disk and its rights, and try again.", Failure);
        }
        catch (Exception e)
        {
            return Fail(error, $"This should not happen ({e.GetType().Name}): {e.Message} Please report it.", Failure);
        }
    }

    /// <summary>Whether a text is, or may hold, a secret in hexadecimal: then it is not to be shown.</summary>
    /// <param name="text">What somebody gave in the wrong place.</param>
    public static bool MayBeSecret(string text) => HexOnly().IsMatch(text) || LongHex().IsMatch(text);

    // One line: what follows the first mistake is often its consequence. A secret may have got into the wrong place, whole or in pieces.
    private static int Refuse(ParseResult parsed, TextWriter error)
    {
        string message = Hide(parsed.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd());
        string remedy = NearestName.Find(parsed) is { } near ? $"Did you mean {near}?"
            : message.EndsWith(HiddenEnd, StringComparison.Ordinal) ? StrayRemedy
            : "See --help.";
        return Fail(error, $"{message} {remedy}", Failure);
    }

    private static string Hide(string message)
        => Quoted().Replace(message, match => MayBeSecret(match.Groups[1].Value) ? Hidden : match.Value);

    private static int Fail(TextWriter error, string message, int code)
    {
        error.WriteLine($"Error: {message}");
        return code;
    }

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\A(0[xX])?[0-9A-Fa-f]{2,}\z")]
    private static partial Regex HexOnly();

    [GeneratedRegex("[0-9A-Fa-f]{16,}")]
    private static partial Regex LongHex();
}
