using System.CommandLine;
using DevKit.CertGen.Authority;
using DevKit.CertGen.Batch;
using DevKit.CertGen.Completion;
using DevKit.CertGen.Enrollment;
using DevKit.CertGen.Inspection;
using DevKit.CertGen.Legacy;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Provisioning;
using DevKit.CertGen.Secrets;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen;

/// <summary>
/// The certificate generator: computes, from the UDS and the application image, the very certificates that the device computes.
/// </summary>
public static class CertGenCommand
{
    /// <summary>The option of all commands.</summary>
    internal static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the result as JSON, and nothing else.",
        Recursive = true,
    };

    /// <summary>Runs the generator.</summary>
    /// <param name="args">A command and options. At a console what is missing is asked for; without any it is in any case.</param>
    /// <param name="input">Answers, and the UDS when it is read from the input. The keys are not echoed if this is the console's.</param>
    /// <param name="output">Questions and results.</param>
    /// <param name="error">Refusals and warnings.</param>
    /// <returns>0, or 1 when the input was refused; then no file was written.</returns>
    public static Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(args);
        bool isTyped = SecretLine.IsTyped(input);
        return RunAsync(args, new Terminal
        {
            Input = input,
            Output = output,
            Error = error,
            IsInteractive = args.Length == 0 || isTyped,
            IsAtConsole = isTyped,
        });
    }

    /// <summary>Runs the generator.</summary>
    /// <param name="args">A command and options.</param>
    /// <param name="terminal">Who is asked for what they do not say.</param>
    internal static Task<int> RunAsync(string[] args, Terminal terminal)
        => CommandRunner.RunAsync(Create(terminal), args, terminal.Output, terminal.Error);

    /// <summary>The commands.</summary>
    internal static RootCommand Create(Terminal terminal)
    {
        const string Description = "Make the certificate with which a DevKit enrolls, from its secret and the image that it runs. At a "
            + "console it asks for what no option says. Many boards, an owner's CA and the rest have commands.";
        var root = new RootCommand(Description) { Json };
        OneBoardCommand.AddTo(root, terminal);
        root.Add(UdsCommand.Create(terminal));
        root.Add(InspectCommand.Create(terminal));
        root.Add(VerifyCommand.Create(terminal));
        root.Add(BatchCommand.Create(terminal));
        root.Add(EnrollCommand.Create(terminal));
        root.Add(CaCommand.Create(terminal));
        root.Add(RequestCommand.Create(terminal));
        root.Add(SignCommand.Create(terminal));
        root.Add(ChainCommand.Create(terminal));
        root.Add(ProvisionCommand.Create(terminal));
        root.Add(LegacyCommand.Create(terminal));
        root.Add(CompletionCommand.Create(terminal));
        HelpText.AddTo(root);
        return root;
    }
}
