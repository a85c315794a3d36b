using DevKit.CommandLine;

namespace DevKit.CertGen.Provisioning;

/// <summary>What the board's console printed between a command and the next prompt, without the echo.</summary>
/// <param name="Command">The command's name.</param>
/// <param name="Lines">The lines.</param>
internal sealed record ConsoleAnswer(string Command, IReadOnlyList<string> Lines)
{
    private const string Info = "INFO: ";
    private const string Warning = "WARNING: ";

    // docs/console.md; and what the line editor says of a line that it can't read.
    private static readonly string[] Refusals = ["ERROR: ", "Invalid ", "Usage: ", "Error:"];

    /// <summary>What the board warns of.</summary>
    public IEnumerable<string> Warnings
        => Lines.Where(line => line.StartsWith(Warning, StringComparison.Ordinal)).Select(line => line[Warning.Length..]);

    /// <summary>Looks whether the board did what it was told.</summary>
    /// <returns>How it said so.</returns>
    /// <exception cref="CommandException">It refused, failed, or did not say.</exception>
    public string RequireDone()
    {
        RequireNoRefusal();
        return Lines.FirstOrDefault(line => line.StartsWith(Info, StringComparison.Ordinal))?[Info.Length..]
            ?? throw new CommandException(
                $"The board did not confirm {Command}. See that it stays plugged in and runs this project's firmware, and begin again.");
    }

    /// <summary>Looks whether the board refused, or failed.</summary>
    /// <exception cref="CommandException">It did.</exception>
    public void RequireNoRefusal()
    {
        for (int i = 0; i < Lines.Count; i++)
        {
            if (Array.Exists(Refusals, refusal => Lines[i].StartsWith(refusal, StringComparison.Ordinal)))
            {
                // The remedy of a failure stands indented below it.
                string more = i + 1 < Lines.Count && Lines[i + 1].StartsWith("  ", StringComparison.Ordinal)
                    ? $" {Lines[i + 1].Trim()}"
                    : "";
                throw new CommandException($"The board refuses {Command}: {Lines[i]}{more} Mend that and begin again.");
            }
        }
    }

    /// <summary>The value behind a name and a colon.</summary>
    /// <exception cref="CommandException">There is no such line.</exception>
    public string Find(string name)
        => Lines.FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))?[(name.Length + 2)..]
            ?? throw new CommandException(
                $"The board's answer to {Command} has no line \"{name}: \". Does it run this project's firmware?");
}
