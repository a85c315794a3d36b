using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Secrets;

/// <summary>Makes a Unique Device Secret, from the system's random generator.</summary>
internal static class UdsCommand
{
    private static readonly Option<string?> Out = new("--out")
    {
        HelpName = "FILE",
        Description = "Where the secret goes, readable by you alone (mode 600). Without --show: uds.txt.",
    };

    private static readonly Option<bool> Show = new("--show")
    {
        Description = "Print the secret: who sees this screen, or what keeps its lines, has it then.",
    };

    private static readonly Option<bool> Force = OutputFiles.CreateForceOption();

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        const string Description = "Make a Unique Device Secret, 64 hex characters, from the system's random generator.";
        var command = new Command("uds", Description) { Out, Show, Force };
        command.SetAction(terminal, parsed => Run(parsed.GetValue(Out), parsed.GetValue(Show), parsed.GetValue(Force), terminal));
        return command;
    }

    private static int Run(string? file, bool show, bool force, Terminal terminal)
    {
        var files = new OutputFiles(terminal);
        if (file != null || !show)
        {
            files.AddPrivate("--out", file ?? "uds.txt");
        }

        bool overwrite = force || files.AskOverwrite();
        byte[] uds = RandomNumberGenerator.GetBytes(Uds.Length);
        byte[] line = UdsLine.Encode(uds);
        try
        {
            // A string is made of it only when it is to be shown.
            files.Write(overwrite, [.. files.Paths.Select(_ => line)]);
            var report = new UdsReport(show ? Encoding.ASCII.GetString(line, 0, Uds.TextLength) : null, [.. files.Paths]);
            terminal.Report(report, report.Describe);
        }
        finally
        {
            SecretBytes.Clear(uds);
            SecretBytes.Clear(line);
        }

        return CommandRunner.Success;
    }

    /// <summary>What was made.</summary>
    /// <param name="Uds">The secret, when it is asked for.</param>
    /// <param name="Written">The files that were written.</param>
    private sealed record UdsReport(string? Uds, IReadOnlyList<string> Written)
    {
        public void Describe(TextWriter output)
        {
            if (Uds != null)
            {
                output.WriteLine(Uds);
            }

            foreach (string path in Written)
            {
                output.WriteLine(
                    $"Written: {path}, for your eyes alone. Give it to the board by set_dps_uds, and keep it: it is not shown again.");
            }
        }
    }
}
