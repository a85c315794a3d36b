using System.CommandLine;
using System.Security.Cryptography;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Authority;

/// <summary><c>certgen ca</c>: makes the CA of an owner of boards.</summary>
internal static class CaCommand
{
    // RFC 5280, appendix A.1: ub-common-name.
    private const int LongestName = 64;
    private const int MostYears = 100;

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        Option<string> name = new("--name")
        {
            HelpName = "NAME",
            Description = "What the CA is called.",
            DefaultValueFactory = _ => "Owner of DevKits",
        };
        Option<int> years = new("--years") { HelpName = "N", Description = "How long it is valid.", DefaultValueFactory = _ => 20 };
        Option<string> to = new("--out")
        {
            HelpName = "FILE",
            Description = "Where the certificate goes (PEM, public).",
            DefaultValueFactory = _ => AuthorityFiles.UsualCertificate,
        };
        Option<string> keyTo = new("--key-out")
        {
            HelpName = "FILE",
            Description = "Where the key goes (PKCS#8, PEM, encrypted; mode 600).",
            DefaultValueFactory = _ => AuthorityFiles.UsualKey,
        };
        Option<string> password = Password.CreateOption();
        Option<bool> force = OutputFiles.CreateForceOption();
        Command command = new("ca", "Make the CA of an owner of boards: its certificate, and its key, encrypted.")
        {
            name, years, to, keyTo, password, force,
        };
        command.SetAction(terminal, parsed =>
        {
            (string ca, int time) = (ValidateName(parsed.GetRequiredValue(name)), ValidateYears(parsed.GetRequiredValue(years)));
            OutputFiles files = new(terminal);
            files.Add("--out", parsed.GetRequiredValue(to));
            files.AddPrivate("--key-out", parsed.GetRequiredValue(keyTo));
            bool overwrite = parsed.GetValue(force) || files.AskOverwrite();
            Run(ca, time, parsed.GetValue(password), files, overwrite, terminal);
            return CommandRunner.Success;
        });
        return command;
    }

    private static string ValidateName(string name)
        => name.Trim().Length is > 0 and <= LongestName && name == name.Trim() && !name.Any(char.IsControl)
            ? name
            : throw new CommandException(
                $"The name \"{name}\" is no common name. Give 1 to {LongestName} characters without blanks around them.");

    private static int ValidateYears(int years)
        => years is >= 1 and <= MostYears ? years : throw new CommandException($"--years {years} is out of range. Give 1 to {MostYears}.");

    private static void Run(string name, int years, string? passwordOption, OutputFiles files, bool overwrite, Terminal terminal)
    {
        byte[] password = Password.ReadNew(passwordOption, terminal);
        try
        {
            using OwnerAuthority authority = OwnerAuthority.Create(name, years);
            files.Write(overwrite, [authority.Certificate.ExportCertificatePem() + "\n", authority.EncryptKey(password)]);
            AuthorityReport report = new()
            {
                Name = name,
                NotAfter = authority.Certificate.NotAfter.ToUniversalTime(),
                CertificateSha256 = Convert.ToHexStringLower(SHA256.HashData(authority.Certificate.RawData)),
                CertificateSha1 = BoardReport.GetThumbprint(authority.Certificate.RawData),
                Written = [.. files.Paths],
            };
            terminal.Report(report, report.Describe);
        }
        finally
        {
            SecretBytes.Clear(password);
        }
    }
}
