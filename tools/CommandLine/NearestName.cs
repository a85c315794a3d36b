using System.CommandLine;
using System.CommandLine.Parsing;

namespace DevKit.CommandLine;

/// <summary>Finds what somebody meant who mistyped the name of a command or an option.</summary>
internal static class NearestName
{
    /// <summary>Finds a name near to one that is none.</summary>
    /// <param name="parsed">The command line, which was refused.</param>
    /// <returns>The name, or null when nothing is near. What was typed is not part of it.</returns>
    public static string? Find(ParseResult parsed)
    {
        string[] names = [.. NamesOf(parsed.CommandResult)];
        string?[] strays =
        [
            .. parsed.UnmatchedTokens,

            // An option's name that is mistyped may have been taken for an argument.
            .. parsed.Tokens.Where(token => token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal))
                .Select(token => token.Value),
        ];
        return strays.Select(stray => FindIn(names, stray!.Split('=', ':')[0])).FirstOrDefault(near => near != null);
    }

    private static string? FindIn(string[] names, string stray)
    {
        string? near = names.MinBy(name => Distance(stray, name));
        return near != null && Distance(stray, near) <= (near.Length + 2) / 3 ? near : null;
    }

    private static IEnumerable<string> NamesOf(CommandResult result)
    {
        IEnumerable<string> own = result.Command.Subcommands.Select(command => command.Name)
            .Concat(result.Command.Options.Where(option => !option.Hidden).Select(option => option.Name));
        IEnumerable<string> inherited = result.Parent is CommandResult parent
            ? parent.Command.Options.Where(option => option.Recursive && !option.Hidden).Select(option => option.Name)
            : [];
        return own.Concat(inherited);
    }

    // Levenshtein's: how many letters are put in, left out or exchanged.
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            (int diagonal, row[0]) = (row[0], i);
            for (int j = 1; j <= right.Length; j++)
            {
                int exchanged = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, Math.Min(row[j - 1], row[j]) + 1);
            }
        }

        return row[^1];
    }
}
