using System.CommandLine;
using System.Diagnostics;
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
            RunAsync(parsed.GetValue(keep), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation));
        return command;
    }

    internal static async Task<int> RunAsync(DirectoryInfo? keep, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (keep is { Exists: true } && keep.EnumerateFileSystemInfos().Any())
        {
            await error.WriteLineAsync($"The folder {keep.FullName} is not empty: name a new one with --keep, or none.");
            return 1;
        }

        DirectoryInfo folder = keep ?? Directory.CreateTempSubdirectory("devkit-demo-");
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            folder.Create();
            await using DemoRunner demo = new(folder.FullName, output, cancellation);
            await demo.RunAsync();
            await output.WriteLineAsync($"done             {watch.Elapsed.TotalSeconds:0} s");
            return 0;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("FAILED: the demo was interrupted.");
            return 1;
        }
        catch (Exception e) when (IsExpected(e))
        {
            await error.WriteLineAsync("FAILED: " + e.Message);
            return 1;
        }
        finally
        {
            if (keep == null)
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private static bool IsExpected(Exception e) =>
        e is DemoException or TimeoutException or IOException or UnauthorizedAccessException or HttpRequestException or EmulatorException;
}
