using System.CommandLine;
using System.Text.RegularExpressions;
using DevKit.Dice;
using DevKit.Dice.Certificates;

namespace DevKit.CertGen;

/// <summary>
/// The certificate generator: computes, from the UDS and the application image, the very certificates that the device computes.
/// </summary>
public static partial class CertGenCommand
{
    private const int Success = 0;
    private const int Refused = 1;

    private static readonly Option<string> Image = Text(
        "--image", "FILE", "The application image that the device measures and runs, whole.");

    private static readonly Option<string> Uds = Text(
        "--uds",
        "HEX|-",
        "The DPS Unique Device Secret, 64 hex characters; - reads it from the standard input, without echo at a console. "
        + "On the command line other users of this computer can see it (ps), and shells keep it in their history: prefer -.");

    private static readonly Option<string> RegistrationIdOption = Text(
        "--registration-id", "ID", "The registration ID that the device is set to.");

    private static readonly Option<string> Mac = Text(
        "--mac",
        "MAC",
        "Instead of --registration-id: the board's MAC address, with or without colons or dashes, from which the device makes its own.");

    private static readonly Option<string> Firmware = Text(
        "--firmware", "X.Y.Z", "With --mac: the firmware version. Without it the version that the image states is taken.");

    private static readonly Option<string> Out = Text(
        "--out", "FILE", "Where the alias certificate goes (PEM, public). Default: <registration ID>.pem, with _ for each colon.");

    private static readonly Option<string> DeviceIdRequest = Text(
        "--device-id-request", "FILE", "Also write the certificate request for the DeviceID key (PKCS#10, PEM), for a CA to sign.");

    private static readonly Option<string> DeviceIdCertificate = Text(
        "--device-id-certificate", "FILE", "Also write the self-signed DeviceID certificate (PEM).");

    private static readonly Option<bool> Force = new("--force") { Description = "Replace files that exist." };

    /// <summary>Runs the generator.</summary>
    /// <param name="args">Options. What is missing is asked for at a console; without any option it is asked for in any case.</param>
    /// <param name="input">Answers, and the UDS when it is read from the input. The keys are not echoed if this is the console's.</param>
    /// <param name="output">Questions and results.</param>
    /// <param name="error">Refusals and warnings.</param>
    /// <returns>0, or 1 when the input was refused; then no file was written.</returns>
    public static int Run(string[] args, TextReader input, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(args);
        return Run(args, new Dialog(input, output, args.Length == 0 || SecretLine.IsTyped(input)), error);
    }

    /// <summary>Runs the generator.</summary>
    /// <param name="args">Options.</param>
    /// <param name="dialog">Who is asked for what they do not say.</param>
    /// <param name="error">Refusals and warnings.</param>
    internal static int Run(string[] args, Dialog dialog, TextWriter error)
    {
        try
        {
            return Execute(Parse(args, dialog, error), dialog.Output, error);
        }
        catch (BadInputException e)
        {
            error.WriteLine($"Error: {e.Message}");
            return Refused;
        }
    }

    private static Option<string> Text(string name, string value, string description)
        => new(name) { HelpName = value, Description = description };

    private static ParseResult Parse(string[] args, Dialog dialog, TextWriter error)
    {
        const string Description = "Makes the certificate with which a DevKit enrolls, from its secret and the image that it runs. "
            + "At a console it asks for what no option says.";
        var command = new RootCommand(Description)
        {
            Image, Uds, RegistrationIdOption, Mac, Firmware, Out, DeviceIdRequest, DeviceIdCertificate, Force,
        };
        command.SetAction(result => Generate(ReadOptions(result), dialog, error));
        return command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    private static int Execute(ParseResult result, TextWriter output, TextWriter error)
    {
        if (result.Errors.Count == 0)
        {
            return result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }

        // A UDS may have got into the wrong place, whole or in pieces: what stands without an option is not shown.
        var messages = result.UnmatchedTokens.Any(token => !token.StartsWith('-'))
            ? ["A value stands without its option. Name the option, and put quotes around a value that has blanks."]
            : result.Errors.Select(problem => LongHex().Replace(problem.Message, "(not shown)"));
        foreach (string message in messages)
        {
            error.WriteLine($"Error: {message}");
        }

        error.WriteLine("See --help.");
        return Refused;
    }

    private static CertGenOptions ReadOptions(ParseResult result) => new()
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

    private static int Generate(CertGenOptions options, Dialog dialog, TextWriter error)
    {
        options.Validate();
        ImageFile image = ImageFile.Read(ChooseImage(options, dialog), error);
        byte[]? uds = string.IsNullOrEmpty(options.Uds) ? UdsInput.Ask(dialog) : null;
        try
        {
            string registrationId = RegistrationName.Read(options, image, dialog, error);
            var generation = new Generation(image, registrationId, options);
            bool overwrite = options.Force || generation.Files.AskOverwrite(dialog);

            // A secret that an option gives, or a pipe, is read when all else is known to be right.
            uds ??= UdsInput.Read(options.Uds!, dialog);
            generation.Run(uds, overwrite, dialog.Output);
        }
        finally
        {
            SecretBytes.Clear(uds);
        }

        return Success;
    }

    private static string ChooseImage(CertGenOptions options, Dialog dialog)
    {
        if (!string.IsNullOrEmpty(options.Image))
        {
            return options.Image;
        }

        dialog.Require("--image", $"Name the application image that the device runs: --image {ImageFile.UsualName}");
        return dialog.Ask("Application image", ImageFile.UsualName);
    }

    [GeneratedRegex(@"[^\s']*[0-9A-Fa-f]{16,}[^\s']*")]
    private static partial Regex LongHex();
}
