using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;

namespace DevKit.Docs.Tests;

/// <summary>
/// A page of the documentation as steps. A block of <c>sh</c> is run; what stands behind that word in the fence's first line, which no
/// reader sees, says otherwise: <c>fails</c>; <c>open=NAME until="TEXT"</c>; <c>not-run="REASON"</c>. Blocks of <c>text</c> count if they
/// are <c>typed=NAME</c>, <c>shows</c> or <c>shows=NAME</c>. What a comment <c>&lt;!-- run: ... --&gt;</c> holds is run too, and
/// <c>&lt;!-- end: NAME --&gt;</c> and <c>&lt;!-- reset: NAME --&gt;</c> stand where a key is pressed.
/// </summary>
internal static partial class Page
{
    /// <summary>Reads a page.</summary>
    /// <param name="markdown">The page.</param>
    /// <exception cref="FormatException">A block says something that means nothing.</exception>
    public static IReadOnlyList<Step> Read(string markdown) =>
        [.. Markdown.Parse(markdown).Descendants<LeafBlock>().Select(ReadBlock).OfType<Step>()];

    private static Step? ReadBlock(LeafBlock block) => block switch
    {
        FencedCodeBlock fence => ReadFence(fence),
        HtmlBlock html => ReadComment(html),
        _ => null,
    };

    private static Step? ReadFence(FencedCodeBlock fence)
    {
        int line = fence.Line + 1;
        string text = fence.Lines.ToString();
        Dictionary<string, string?> words = ReadWords(fence.Arguments ?? "", line);
        return (fence.Info, words.Keys.Order().ToArray()) switch
        {
            ("sh", []) => new Step.Run(line, text, Fails: false),
            ("sh", ["fails"]) => new Step.Run(line, text, Fails: true),
            ("sh", ["open", "until"]) => new Step.Open(line, text, words["open"]!, words["until"]!),
            ("sh", ["not-run"]) => new Step.NotRun(line, text, words["not-run"]!),
            ("text", ["typed"]) => new Step.Typed(line, text, words["typed"]!),
            ("text", ["shows"]) => new Step.Shows(line, text, words["shows"]),
            (_, []) => null,
            _ => throw new FormatException($"Line {line}: \"{fence.Info} {fence.Arguments}\" means nothing to the tests of the pages."),
        };
    }

    private static Step? ReadComment(HtmlBlock html)
    {
        Match comment = Comment().Match(html.Lines.ToString());
        int line = html.Line + 1;
        string text = comment.Groups["text"].Value;
        return comment.Groups["what"].Value switch
        {
            "run" => new Step.Run(line, text, Fails: false),
            "end" => new Step.End(line, text, StartsAgain: false),
            "reset" => new Step.End(line, text, StartsAgain: true),
            _ => null,
        };
    }

    private static Dictionary<string, string?> ReadWords(string arguments, int line)
    {
        var words = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (Match match in Word().Matches(arguments))
        {
            string? value = match.Groups["quoted"] is { Success: true } quoted ? quoted.Value
                : match.Groups["plain"] is { Success: true } plain ? plain.Value
                : null;
            string name = match.Groups["name"].Value;
            bool isWhole = name == "fails" ? value == null : name == "shows" || value != null;
            if (!isWhole || !words.TryAdd(name, value))
            {
                throw new FormatException($"Line {line}: \"{name}\" is said twice, or to no end.");
            }
        }

        return words;
    }

    [GeneratedRegex(@"\A<!-- (?<what>run|end|reset):\s*(?<text>.*?)\s*-->\s*\z", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("""(?<name>[a-z-]+)(=("(?<quoted>[^"]+)"|(?<plain>[^\s"]+)))?""")]
    private static partial Regex Word();
}
