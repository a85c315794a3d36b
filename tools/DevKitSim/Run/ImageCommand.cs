using System.CommandLine;
using DevKit.Boot;

namespace DevKit.Sim.Run;

/// <summary>Writes the application image that this build of Boot carries, for the certificate generator.</summary>
internal static class ImageCommand
{
    public static Command Make()
    {
        Option<FileInfo> output = new("--out") { Description = "the file to write", DefaultValueFactory = _ => new FileInfo("DevKitDps.dll") };
        Command command = new("image", "Write the application image that the virtual board measures, as the certificate generator needs it.") { output };
        command.SetAction(parsed => Write(parsed.GetRequiredValue(output), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Write(FileInfo file, TextWriter output, TextWriter error)
    {
        try
        {
            byte[] image = MeasuredImage.Read()!;
            File.WriteAllBytes(file.FullName, image);
            output.WriteLine($"{file.FullName}: {image.Length} bytes.");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"The image can't be written to {file}: {e.Message} Name another file with --out.");
            return 1;
        }
    }
}
