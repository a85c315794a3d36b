using System.CommandLine;
using DevKit.CertGen.Manifests;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Platform;

namespace DevKit.CertGen.Batch;

/// <summary>Makes the certificates of a fleet, from a table of its boards.</summary>
internal static class BatchCommand
{
    private static readonly Argument<string> Table = new("FLEET.csv")
    {
        Description = "A table with a line for each board, as a spreadsheet saves it. Its first line names the columns, in any order: "
            + "registrationId, or mac and firmware; uds (64 hex characters, or generate); deviceId, hub, tags.",
    };

    private static readonly Option<string> Image = BoardInputs.CreateImageOption();

    private static readonly Option<string?> Out = new("--out")
    {
        HelpName = "DIR",
        Description = $"Where the certificates and {Manifest.FileName} go. Default: the current folder.",
    };

    private static readonly Option<string?> UdsOut = new("--uds-out")
    {
        HelpName = "DIR",
        Description = "Where the secrets that are generated go, a file for each board, readable by you alone.",
    };

    private static readonly Option<string?> UdsDir = new("--uds-dir")
    {
        HelpName = "DIR",
        Description = "Where the secrets are of rows that have none: <MAC address or registration ID>.uds, as --uds-out writes them.",
    };

    private static readonly Option<bool> Force = OutputFiles.CreateForceOption();

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        const string Description =
            "Make the certificates of a fleet, and a manifest for \"enroll\". Run again, it goes on with what is not there yet.";
        var command = new Command("batch", Description) { Table, Image, Out, UdsOut, UdsDir, Force };
        command.SetAction(terminal, (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        string table = parsed.GetRequiredValue(Table);
        string folder = parsed.GetValue(Out) ?? ".";
        string? udsOut = parsed.GetValue(UdsOut), udsDir = parsed.GetValue(UdsDir);
        ImageFile image = ImageFile.Choose(parsed.GetValue(Image), terminal);
        UdsFolder? given = udsDir == null ? null : UdsFolder.Open(udsDir, terminal);
        UdsFolder? generated = udsOut == null ? null : new UdsFolder(udsOut);
        FleetSurvey survey = Survey(table, terminal, file => FleetSurvey.Of(file, image, given, generated, cancellation));
        if (udsOut == null && survey.FirstToGenerate is { } line)
        {
            throw new CommandException($"Line {line} of {table} asks for a UDS to be generated. Say where it goes: --uds-out DIR");
        }

        RequireNoFile("--out", folder);
        RequireNoFile("--uds-out", udsOut);
        if (udsOut != null && FilePlace.IsSame(FilePlace.Resolve(udsOut), FilePlace.Resolve(folder)))
        {
            throw new CommandException(
                $"--uds-out {udsOut} is where the certificates go, which are public. Name another folder for secrets.");
        }

        WriteFault.Tell(folder, "--out", () => Directory.CreateDirectory(folder));
        using Manifest manifest = Manifest.Create(folder);
        WriteFault.Tell(folder, "--out", () => AtomicFile.RemoveLeftovers(folder, BoardMaker.Ending));
        generated?.Prepare(terminal);
        var maker = new BoardMaker(image, folder, given, generated, parsed.GetValue(Force));
        BatchReport report = await WorkProgress.RunAsync(terminal, "Boards", survey.Rows, progress =>
        {
            using FleetFile file = FleetFile.Open(table, null);
            var run = new BatchRun(image, maker, survey, manifest, progress);
            return Task.FromResult(run.Run(file, Path.Combine(folder, Manifest.FileName), cancellation));
        });
        manifest.Commit();
        terminal.Report(report, report.Describe);
        return report.Refused == 0 ? CommandRunner.Success : CommandRunner.Failure;
    }

    private static void RequireNoFile(string option, string? folder)
    {
        if (File.Exists(folder))
        {
            throw new CommandException($"{option} {folder} is a file. Name a folder.");
        }
    }

    private static FleetSurvey Survey(string table, Terminal terminal, Func<FleetFile, FleetSurvey> read)
    {
        using FleetFile file = FleetFile.Open(table, terminal);
        FleetSurvey survey = read(file);
        if (survey.HoldsSecrets)
        {
            SecretFile.WarnIfReadable(table, terminal);
        }

        return survey;
    }
}
