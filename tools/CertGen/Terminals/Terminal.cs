using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DevKit.CommandLine;

namespace DevKit.CertGen.Terminals;

/// <summary>What a command talks to: it asks there for what the options do not say, warns, and reports its result.</summary>
internal sealed class Terminal
{
    private const int Tries = 3;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private bool _hasEnded;

    /// <summary>Where answers, and secrets, come from.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Where the result goes, and nothing else when it is JSON.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where warnings go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether questions are answered; else what is missing is refused.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>
    /// Whether a person answers, who is asked again after a wrong answer: from a pipe the next line answers something else.
    /// </summary>
    public bool IsAtConsole { get; init; }

    /// <summary>Whether the result is reported as JSON; it is the running command's option.</summary>
    public bool Json { get; set; }

    /// <summary>Ends a question that is not answered yet; it is the running command's.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>Where questions and progress go.</summary>
    public TextWriter Prompt => Json ? Error : Output;

    /// <summary>Refuses a missing option, unless it can be asked for.</summary>
    /// <param name="option">The option, as it is written.</param>
    /// <param name="remedy">A sentence that says what to give.</param>
    /// <exception cref="CommandException">Nobody is there to be asked.</exception>
    public void Require(string option, string remedy)
    {
        if (!IsInteractive)
        {
            throw new CommandException($"{option} is missing. {remedy}");
        }
    }

    /// <summary>Asks a question, a person up to three times.</summary>
    /// <param name="question">The question, without the colon.</param>
    /// <param name="proposal">What an empty answer stands for, or null.</param>
    /// <param name="read">Reads the answer, which has no blanks around it; what it refuses is asked again.</param>
    /// <exception cref="CommandException">The input ended, or the answer was wrong.</exception>
    public T Ask<T>(string question, string? proposal, Func<string, T> read) => Retry(() => read(ReadAnswer(question, proposal)));

    /// <summary>Does what a person may get wrong, up to three times.</summary>
    /// <param name="attempt">Asks and reads the answer.</param>
    /// <exception cref="CommandException">The last attempt failed.</exception>
    public T Retry<T>(Func<T> attempt)
    {
        for (int tries = 1; IsAtConsole && tries < Tries; tries++)
        {
            try
            {
                return attempt();
            }
            catch (CommandException e) when (!_hasEnded)
            {
                Error.WriteLine($"Error: {e.Message}");
            }
        }

        return attempt();
    }

    /// <summary>Reads a line that is not echoed when it is typed.</summary>
    /// <param name="question">The question, without the colon; from a pipe nothing is asked unless there are no options.</param>
    /// <param name="encoding">How characters become bytes; in ASCII, if not given, each is one byte ('?' for one beyond it).</param>
    /// <returns>The bytes, for the caller to wipe.</returns>
    /// <exception cref="CommandException">The input ended.</exception>
    public byte[] ReadSecret(string question, Encoding? encoding = null)
    {
        bool isTyped = SecretLine.IsTyped(Input);
        if (isTyped || IsInteractive)
        {
            Prompt.Write($"{question} (not shown): ");
            Prompt.Flush();
        }

        byte[]? line = Wait(() => SecretLine.Read(Input, encoding ?? Encoding.ASCII));
        if (isTyped)
        {
            Prompt.WriteLine();
        }

        _hasEnded |= line == null;
        return line ?? throw new CommandException($"The input ended before an answer to \"{question}\". Type it, or pipe it in.");
    }

    /// <summary>Warns, in a line.</summary>
    /// <param name="message">A sentence or two.</param>
    public void Warn(string message) => Error.WriteLine($"Warning: {message}");

    /// <summary>Reports the result: in words, or as JSON whose names are those of the properties, in camel case.</summary>
    /// <param name="result">What is serialized.</param>
    /// <param name="describe">Writes the words.</param>
    public void Report<T>(T result, Action<TextWriter> describe)
        where T : notnull
    {
        if (Json)
        {
            Output.WriteLine(JsonSerializer.Serialize(result, result.GetType(), Form));
        }
        else
        {
            describe(Output);
        }
    }

    // A read of a console can't be cancelled: it is left to itself, and ends with the program.
    private T Wait<T>(Func<T> read)
    {
        try
        {
            Cancellation.ThrowIfCancellationRequested();
            return Task.Run(read).WaitAsync(Cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (IsAtConsole)
        {
            Prompt.WriteLine();
            throw;
        }
    }

    private string ReadAnswer(string question, string? proposal)
    {
        Prompt.Write(proposal == null ? $"{question}: " : $"{question} [{proposal}]: ");
        Prompt.Flush();
        string? line = Wait(Input.ReadLine);
        _hasEnded |= line == null;
        string answer = line?.Trim() ?? throw new CommandException($"The input ended before an answer to \"{question}\". Answer it.");
        if (CommandRunner.MayBeSecret(answer) && answer.Length >= 2 * Dice.Uds.Length)
        {
            throw new CommandException(
                $"The answer to \"{question}\" looks like a UDS and is not shown here. "
                + "Give the UDS where it is asked for, and clear the screen.");
        }

        return answer.Length > 0 ? answer : proposal ?? "";
    }
}
