using System.CommandLine;
using DevKit.Boot;
using DevKit.CommandLine;
using DevKit.Platform;

namespace DevKit.Sim.Commands;

/// <summary>Writes the application image that this build of Boot carries, for the certificate generator.</summary>
internal static class ImageCommand
{
    public static Command Create()
    {
        const string Description = "Write the application image that the virtual board measures, as the certificate generator needs it.";
        Option<FileInfo> output = new("--out")
        {
            Description = "the file to write",
            DefaultValueFactory = _ => new FileInfo("DevKitDps.dll"),
            HelpName = "FILE",
        };
        Command command = new("image", Description) { output };
        command.SetAction(parsed => Write(parsed.GetRequiredValue(output), parsed.InvocationConfiguration));
        return command;
    }

    private static int Write(FileInfo file, InvocationConfiguration terminal)
    {
        try
        {
            byte[] image = MeasuredImage.Read()!;
            AtomicFile.Write(file.FullName, image);
            terminal.Output.WriteLine($"{file.FullName}: {image.Length} bytes.");
            return CommandRunner.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--out {file}: the image can't be written: {e.Message} Name another file with --out.");
        }
    }
}
