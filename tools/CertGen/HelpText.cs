using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DevKit.CertGen;

/// <summary>The help as System.CommandLine writes it, but no wider than a terminal, and with the tool's name for its file's.</summary>
internal sealed class HelpText : SynchronousCommandLineAction
{
    private const string Name = "certgen";
    private const int Width = 80;

    private readonly HelpAction _help;

    private HelpText(HelpAction help) => _help = help;

    /// <summary>Puts it in the place of a root command's own.</summary>
    public static void AddTo(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpText((HelpAction)option.Action!);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        // Where nothing says how wide it is, that is 0, or no bound.
        if (_help.MaxWidth is < 1 or > Width)
        {
            _help.MaxWidth = Width;
        }

        using var text = new StringWriter();
        TextWriter output = parseResult.InvocationConfiguration.Output;
        parseResult.InvocationConfiguration.Output = text;
        int code = _help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(text.ToString().Replace($"  {RootCommand.ExecutableName} ", $"  {Name} ", StringComparison.Ordinal));
        return code;
    }
}
