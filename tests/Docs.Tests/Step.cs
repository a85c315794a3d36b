namespace DevKit.Docs.Tests;

/// <summary>What a page asks its reader to do, or says that he will see.</summary>
/// <param name="Line">Where it stands in the page, from 1.</param>
/// <param name="Text">The block's text.</param>
internal abstract record Step(int Line, string Text)
{
    /// <summary>Commands that are run one after another, each to a good end; of what is to fail, the last one fails.</summary>
    internal sealed record Run(int Line, string Text, bool Fails) : Step(Line, Text);

    /// <summary>A program that stays open, under a name, once it has said something.</summary>
    internal sealed record Open(int Line, string Text, string Name, string Until) : Step(Line, Text);

    /// <summary>An open program is ended, and started again: a board whose reset is pressed, or only ended.</summary>
    internal sealed record End(int Line, string Name, bool StartsAgain) : Step(Line, "");

    /// <summary>Lines that are typed into an open program, each at its prompt.</summary>
    internal sealed record Typed(int Line, string Text, string Name) : Step(Line, Text);

    /// <summary>Lines that an open program shows, or that the commands before have shown.</summary>
    internal sealed record Shows(int Line, string Text, string? Name) : Step(Line, Text);

    /// <summary>Commands that no test runs, for a reason.</summary>
    internal sealed record NotRun(int Line, string Text, string Reason) : Step(Line, Text);
}
