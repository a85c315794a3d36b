using System.CommandLine;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Legacy;

/// <summary><c>certgen legacy</c>: the certificate of a board that still runs the original Arduino firmware.</summary>
internal static class LegacyCommand
{
    // The original's DER encoder takes strings of at most 126 characters.
    private const int LongestRegistrationId = 126;

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        Option<string> bin = Required("--bin", "The .ino.bin of the Arduino build that the board runs.");
        Option<string> map = Required("--map", "The .ino.map that the linker wrote with it.");
        Option<string> uds = BoardInputs.CreateUdsOption();
        Option<string> registrationId = BoardInputs.CreateRegistrationIdOption();
        registrationId.Required = true;
        Option<string> to = new("--out") { HelpName = "FILE", Description = "Where the certificate goes. Default: <registration ID>.pem." };
        Option<bool> force = OutputFiles.CreateForceOption();
        Command command = new("legacy", "Make the certificate of a board that runs the original Arduino firmware, bit for bit.")
        {
            bin, map, uds, registrationId, to, force,
        };
        command.SetAction(terminal, parsed =>
        {
            string id = Validate(parsed.GetRequiredValue(registrationId));
            (string binPath, string mapPath) = (parsed.GetRequiredValue(bin), parsed.GetRequiredValue(map));
            MeasuredCode code = MeasuredCode.Read(binPath, mapPath);
            OutputFiles files = new(terminal);
            files.Add("--out", parsed.GetValue(to) ?? OutputFiles.NameFor(id, ".pem"), binPath, mapPath);
            bool overwrite = parsed.GetValue(force) || files.AskOverwrite();
            Write(id, code, parsed.GetValue(uds), files, overwrite, terminal);
            return CommandRunner.Success;
        });
        return command;
    }

    private static Option<string> Required(string name, string description)
        => new(name) { HelpName = "FILE", Description = description, Required = true };

    private static string Validate(string registrationId)
    {
        string rule = $"The original firmware takes 1 to {LongestRegistrationId} lower-case letters, digits and hyphens.";
        return registrationId.Length is 0 or > LongestRegistrationId
            ? throw new CommandException($"The registration ID has {registrationId.Length} characters. {rule}")
            : registrationId.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
                ? registrationId
                : throw new CommandException($"The registration ID \"{registrationId}\" is malformed. {rule}");
    }

    private static void Write(string id, MeasuredCode code, string? udsOption, OutputFiles files, bool overwrite, Terminal terminal)
    {
        byte[] uds = string.IsNullOrEmpty(udsOption)
            ? UdsInput.Ask(terminal, allowErased: true)
            : UdsInput.Read(udsOption, terminal, allowErased: true);
        try
        {
            byte[] certificate = LegacyIdentity.CreateAliasCertificate(uds, code, id);
            files.Write(overwrite, [LegacyCertificate.EncodePem(certificate)]);
            terminal.Warn(
                "the original firmware signs every certificate with one nonce, so that from this certificate anyone can compute the "
                + "board's DeviceID private key. Give the board a new UDS when it gets this project's firmware.");
            LegacyReport report = LegacyReport.Of(id, code, certificate, [.. files.Paths]);
            terminal.Report(report, report.Describe);
        }
        finally
        {
            SecretBytes.Clear(uds);
        }
    }
}
