using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using DevKit.CertGen.Inspection;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;
using DevKit.Platform;

namespace DevKit.CertGen.Authority;

/// <summary><c>certgen chain</c>: a board's certificate and those above it in one file, after a look whether they are a chain.</summary>
internal static class ChainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        Argument<string[]> files = new("CERT")
        {
            Arity = new ArgumentArity(2, 8),
            Description = "The alias certificate, the DeviceID certificate that signed it, and the owner's CA: in this order.",
        };
        Option<string> to = new("--out") { HelpName = "FILE", Description = "Where they go (PEM). Default: <registration ID>-chain.pem." };
        Option<bool> force = OutputFiles.CreateForceOption();
        Command command = new("chain", "Put certificates that sign each other into one file, in order.") { files, to, force };
        command.SetAction(terminal, parsed =>
        {
            Run(parsed.GetRequiredValue(files), parsed.GetValue(to), parsed.GetValue(force), terminal);
            return CommandRunner.Success;
        });
        return command;
    }

    private static void Run(string[] paths, string? to, bool force, Terminal terminal)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            foreach (string path in paths)
            {
                certificates.AddRange(ReadOne(path));
            }

            Validate(certificates, paths, terminal);
            OutputFiles files = new(terminal);
            files.Add("--out", to ?? NameFor(certificates[0], paths[0]), paths);
            files.Write(
                force || files.AskOverwrite(), [string.Concat(certificates.Select(one => one.ExportCertificatePem() + "\n"))]);
            ChainReport report = new([.. certificates.Select(one => one.Subject)], [.. files.Paths]);
            terminal.Report(report, report.Describe);
        }
        finally
        {
            foreach (X509Certificate2 certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }

    private static X509Certificate2Collection ReadOne(string path)
    {
        X509Certificate2Collection certificates = PublicFile.ReadCertificates(path);
        return certificates.Count == 1
            ? certificates
            : throw new CommandException($"{path} holds {certificates.Count} certificates. Name files of one certificate each.");
    }

    private static void Validate(X509Certificate2Collection certificates, string[] paths, Terminal terminal)
    {
        if (CertificateOrder.FindBreak(certificates) is { } index)
        {
            throw new CommandException(
                $"{paths[index]} ({certificates[index].Subject}) was not signed by {paths[index + 1]} ({certificates[index + 1].Subject}), "
                + $"but by \"{certificates[index].Issuer}\". Name the board's certificate first, then each one's signer.");
        }

        for (int i = 0; i < certificates.Count; i++)
        {
            X509BasicConstraintsExtension? constraints =
                certificates[i].Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
            if (i > 0 && constraints is not { CertificateAuthority: true })
            {
                throw new CommandException(
                    $"{paths[i]} signed {paths[i - 1]}, but is not a CA's certificate, and no service trusts it then. "
                    + "Name the CA that signed.");
            }

            // Of a CA's path length, the certificates between it and the board's count (RFC 5280, 4.2.1.9).
            if (constraints is { HasPathLengthConstraint: true } && constraints.PathLengthConstraint < i - 1)
            {
                throw new CommandException(
                    $"{paths[i]} may have {constraints.PathLengthConstraint} CAs below it, and has {i - 1}. Sign with another CA.");
            }

            if (DateTime.Now > certificates[i].NotAfter || DateTime.Now < certificates[i].NotBefore)
            {
                terminal.Warn($"{paths[i]} is valid from {certificates[i].NotBefore:yyyy-MM-dd} to {certificates[i].NotAfter:yyyy-MM-dd}.");
            }
        }
    }

    private static string NameFor(X509Certificate2 certificate, string path)
        => CertificateName.ReadCommonName(certificate) is { } name && RegistrationId.FindProblem(name) == null
            ? OutputFiles.NameFor(name, "-chain.pem")
            : throw new CommandException($"The name of {path} is no registration ID, and names no file. Name the file with --out.");

    /// <summary>What was written.</summary>
    private sealed record ChainReport(IReadOnlyList<string> Subjects, IReadOnlyList<string> Written)
    {
        /// <summary>Writes it in words.</summary>
        public void Describe(TextWriter output)
        {
            output.WriteLine($"Chain: {string.Join(", signed by ", Subjects)}");
            output.WriteLine($"Written: {string.Join(", ", Written)}");
        }
    }
}
