using System.CommandLine;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.OneBoard;

/// <summary>The generator without a command's name: the certificate of one board.</summary>
internal static class OneBoardCommand
{
    private static readonly Option<string> Image = BoardInputs.CreateImageOption();

    private static readonly Option<string> Uds = BoardInputs.CreateUdsOption();

    private static readonly Option<string> RegistrationIdOption = BoardInputs.CreateRegistrationIdOption();

    private static readonly Option<string> Mac = Text(
        "--mac",
        "MAC",
        "Instead of --registration-id: the board's MAC address, with or without colons or dashes, from which the device makes its own.");

    private static readonly Option<string> Firmware = Text(
        "--firmware", "X.Y.Z", "With --mac: the firmware version. Without it the version that the image states is taken.");

    private static readonly Option<string> Out = Text(
        "--out", "FILE", "Where the alias certificate goes (PEM, public). Default: <registration ID>.pem, with + for each colon.");

    private static readonly Option<string> DeviceIdRequest = Text(
        "--device-id-request", "FILE", "Also write the certificate request for the DeviceID key (PKCS#10, PEM), for a CA to sign.");

    private static readonly Option<string> DeviceIdCertificate = Text(
        "--device-id-certificate", "FILE", "Also write the self-signed DeviceID certificate (PEM).");

    private static readonly Option<bool> Force = OutputFiles.CreateForceOption();

    /// <summary>Gives the options and the action to the root command.</summary>
    public static void AddTo(RootCommand root, Terminal terminal)
    {
        Option[] options = [Image, Uds, RegistrationIdOption, Mac, Firmware, Out, DeviceIdRequest, DeviceIdCertificate, Force];
        foreach (Option option in options)
        {
            root.Add(option);
        }

        root.SetAction(terminal, parsed => Run(ReadOptions(parsed), terminal));
    }

    private static Option<string> Text(string name, string value, string description)
        => new(name) { HelpName = value, Description = description };

    private static OneBoardOptions ReadOptions(ParseResult result) => new()
    {
        Image = result.GetValue(Image),
        Uds = result.GetValue(Uds),
        RegistrationId = result.GetValue(RegistrationIdOption),
        Mac = result.GetValue(Mac),
        Firmware = result.GetValue(Firmware),
        Out = result.GetValue(Out),
        DeviceIdRequest = result.GetValue(DeviceIdRequest),
        DeviceIdCertificate = result.GetValue(DeviceIdCertificate),
        Force = result.GetValue(Force),
    };

    private static int Run(OneBoardOptions options, Terminal terminal)
    {
        options.Validate();
        ImageFile image = ImageFile.Choose(options.Image, terminal);
        byte[]? uds = string.IsNullOrEmpty(options.Uds) ? UdsInput.Ask(terminal) : null;
        try
        {
            string registrationId = RegistrationName.Read(options, image, terminal);
            var generation = new Generation(image, registrationId, options, terminal);
            bool overwrite = options.Force || generation.Files.AskOverwrite();

            // A secret that an option gives, or a pipe, is read when all else is known to be right.
            uds ??= UdsInput.Read(options.Uds!, terminal);
            generation.Run(uds, overwrite);
        }
        finally
        {
            SecretBytes.Clear(uds);
        }

        return CommandRunner.Success;
    }
}
