using System.CommandLine;
using System.Diagnostics;
using DevKit.CommandLine;
using DevKit.DpsEmulator.Host;

namespace DevKit.Demo;

/// <summary>The command that shows the whole path.</summary>
internal static class DemoCommand
{
    public static RootCommand Create()
    {
        Option<DirectoryInfo?> keep = new("--keep")
        {
            Description = "keep the board, the certificate and the cloud's data in this folder, which must be empty or new",
            HelpName = "DIR",
        };
        const string Description =
            "Starts a local cloud and a factory-fresh board, and takes the board from no secret to a connected device.";
        RootCommand command = new(Description) { keep };
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetValue(keep), parsed.InvocationConfiguration.Output, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo? keep, TextWriter output, CancellationToken cancellation)
    {
        if (keep is { Exists: true } && keep.EnumerateFileSystemInfos().Any())
        {
            throw new CommandException($"The folder {keep.FullName} is not empty. Name a new one with --keep, or none.");
        }

        DirectoryInfo folder = keep ?? Directory.CreateTempSubdirectory("devkit-demo-");
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            folder.Create();
            await using DemoRunner demo = new(folder.FullName, output, cancellation);
            await demo.RunAsync();
            await output.WriteLineAsync($"done             {watch.Elapsed.TotalSeconds:0} s");
            return CommandRunner.Success;
        }
        catch (Exception e) when (e is TimeoutException or HttpRequestException or EmulatorException)
        {
            throw new CommandException(e.Message);
        }
        finally
        {
            if (keep == null)
            {
                folder.Delete(recursive: true);
            }
        }
    }
}
