namespace DevKit.CertGen;

/// <summary>Asks for what the options do not say, where there is somebody to answer.</summary>
/// <param name="input">Where answers come from.</param>
/// <param name="output">Where questions go.</param>
/// <param name="isInteractive">Whether questions are answered; else what is missing is refused.</param>
internal sealed class Dialog(TextReader input, TextWriter output, bool isInteractive)
{
    /// <summary>Where answers come from.</summary>
    public TextReader Input => input;

    /// <summary>Where questions go.</summary>
    public TextWriter Output => output;

    /// <summary>Whether questions are answered.</summary>
    public bool IsInteractive => isInteractive;

    /// <summary>Refuses a missing option, unless it can be asked for.</summary>
    /// <param name="option">The option, as it is written.</param>
    /// <param name="remedy">A sentence that says what to give.</param>
    /// <exception cref="BadInputException">Nobody is there to be asked.</exception>
    public void Require(string option, string remedy)
    {
        if (!isInteractive)
        {
            throw new BadInputException($"{option} is missing. {remedy}");
        }
    }

    /// <summary>Asks a question.</summary>
    /// <param name="question">The question, without the colon.</param>
    /// <param name="proposal">What an empty answer stands for, or null.</param>
    /// <returns>The answer without blanks around it.</returns>
    /// <exception cref="BadInputException">The input ended.</exception>
    public string Ask(string question, string? proposal = null)
    {
        output.Write(proposal == null ? $"{question}: " : $"{question} [{proposal}]: ");
        output.Flush();
        string answer = input.ReadLine() ?? throw new BadInputException($"The input ended before an answer to \"{question}\".");
        return answer.Trim() is { Length: > 0 } given ? given : proposal ?? "";
    }
}
