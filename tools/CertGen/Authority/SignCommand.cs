using System.CommandLine;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice.Encodings;

namespace DevKit.CertGen.Authority;

/// <summary><c>certgen sign</c>: an owner's CA signs a board's DeviceID certificate.</summary>
internal static class SignCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        Argument<string> request = new("REQUEST") { Description = "The board's DeviceID request (PKCS#10, PEM or DER)." };
        Option<string> ca = AuthorityFiles.CreateCertificateOption();
        Option<string> key = AuthorityFiles.CreateKeyOption();
        ca.Required = key.Required = true;
        Option<string> password = Password.CreateOption();
        Option<string> to = new("--out")
        {
            HelpName = "FILE",
            Description = "Where the DeviceID certificate goes (PEM). Default: devkit-<DeviceID>.pem.",
        };
        Option<bool> force = OutputFiles.CreateForceOption();
        Command command = new("sign", "Sign a board's DeviceID certificate with an owner's CA.") { request, ca, key, password, to, force };
        command.SetAction(terminal, parsed =>
        {
            string requestPath = parsed.GetRequiredValue(request);
            (string caPath, string keyPath) = (parsed.GetRequiredValue(ca), parsed.GetRequiredValue(key));
            DeviceIdRequest asked = DeviceIdRequest.Read(requestPath);
            OutputFiles files = new(terminal);
            files.Add(
                "--out", parsed.GetValue(to) ?? DeviceIdRequest.FileNameFor(asked.KeyId, ".pem"), requestPath, caPath, keyPath);
            bool overwrite = parsed.GetValue(force) || files.AskOverwrite();
            using OwnerAuthority authority = AuthorityFiles.Load(caPath, keyPath, parsed.GetValue(password), terminal);
            byte[] certificate = authority.Sign(asked);
            files.Write(overwrite, [Pem.Encode("CERTIFICATE", certificate)]);
            SignReport report = new()
            {
                Subject = asked.Subject.Name,
                Issuer = authority.Certificate.Subject,
                DeviceIdKeyId = asked.KeyId,
                CertificateSha1 = BoardReport.GetThumbprint(certificate),
                ConsoleCommand = $"set_device_cert {Convert.ToBase64String(certificate)}",
                Written = [.. files.Paths],
            };
            terminal.Report(report, report.Describe);
            return CommandRunner.Success;
        });
        return command;
    }

    /// <summary>What was signed.</summary>
    private sealed record SignReport
    {
        public required string Subject { get; init; }

        public required string Issuer { get; init; }

        /// <summary>40 hex characters (RFC 7093, 2 (1)).</summary>
        public required string DeviceIdKeyId { get; init; }

        /// <summary>The certificate's fingerprint, 40 characters in upper case.</summary>
        public required string CertificateSha1 { get; init; }

        /// <summary>What to type at the board's console.</summary>
        public required string ConsoleCommand { get; init; }

        /// <summary>The files that were written.</summary>
        public required IReadOnlyList<string> Written { get; init; }

        /// <summary>Writes it in words.</summary>
        public void Describe(TextWriter output)
        {
            output.WriteLine($"Subject: {Subject}");
            output.WriteLine($"Issuer: {Issuer}");
            output.WriteLine($"DeviceID key id: {DeviceIdKeyId}");
            output.WriteLine($"Certificate SHA-1: {CertificateSha1}");
            output.WriteLine($"Written: {string.Join(", ", Written)}");
            output.WriteLine("For the board's console:");
            output.WriteLine(ConsoleCommand);
        }
    }
}
