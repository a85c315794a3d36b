using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Inspection;

/// <summary>Says whether a certificate, a UDS, an image and a registration ID belong together, and if not, which of them differs.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Certificate = new("CERT")
    {
        Description = "The certificate that is enrolled, or that the device shows (PEM or DER).",
    };

    private static readonly Option<string> Image = BoardInputs.CreateImageOption();

    private static readonly Option<string> Uds = BoardInputs.CreateUdsOption();

    private static readonly Option<string> RegistrationIdOption = BoardInputs.CreateRegistrationIdOption();

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        const string Description =
            "Say whether a certificate belongs to a UDS, an image and a registration ID, and if not, which of the three differs.";
        var command = new Command("verify", Description) { Certificate, Image, Uds, RegistrationIdOption };
        command.SetAction(terminal, parsed => Run(
            parsed.GetRequiredValue(Certificate),
            parsed.GetValue(Image),
            parsed.GetValue(Uds),
            parsed.GetValue(RegistrationIdOption),
            terminal));
        return command;
    }

    private static int Run(string path, string? imageFile, string? udsOption, string? registrationId, Terminal terminal)
    {
        using X509Certificate2 certificate = ReadAlias(path);
        InspectedCertificate stated = InspectedCertificate.Read(certificate);
        RequireAlias(stated, path);
        if (registrationId != null)
        {
            RegistrationName.Validate(registrationId, terminal);
        }

        ImageFile image = ImageFile.Choose(imageFile, terminal);
        byte[] uds = string.IsNullOrEmpty(udsOption) ? UdsInput.Ask(terminal) : UdsInput.Read(udsOption, terminal);
        try
        {
            DiceCredential credential = DiceEngine.Derive(uds, image.Bytes, registrationId ?? stated.CommonName!);
            credential.Clear();
            Verdict verdict = Verdict.Of(certificate, stated, credential);
            terminal.Report(verdict, verdict.Describe);
            return verdict.BelongTogether ? CommandRunner.Success : CommandRunner.Failure;
        }
        finally
        {
            SecretBytes.Clear(uds);
        }
    }

    // Of a chain the first is the device's.
    private static X509Certificate2 ReadAlias(string path)
    {
        X509Certificate2Collection certificates = PublicFile.ReadCertificates(path);
        foreach (X509Certificate2 other in certificates.Skip(1))
        {
            other.Dispose();
        }

        return certificates[0];
    }

    private static void RequireAlias(InspectedCertificate stated, string path)
    {
        if (stated.Kind == CertificateKind.Legacy)
        {
            throw new CommandException(
                $"{path} was made for the original Arduino firmware, not for this one. Compare it with what \"certgen legacy\" makes.");
        }

        if (stated.Kind != CertificateKind.Alias || stated.CommonName == null || RegistrationId.FindProblem(stated.CommonName) != null)
        {
            throw new CommandException(
                $"{path} is no alias certificate of this firmware. Name the one that is enrolled; \"certgen inspect\" says what this is.");
        }
    }
}
