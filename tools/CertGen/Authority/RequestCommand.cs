using System.CommandLine;
using DevKit.CertGen.Inspection;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;
using DevKit.Dice.Encodings;

namespace DevKit.CertGen.Authority;

/// <summary><c>certgen request</c>: the DeviceID request of a board, which its console prints at <c>show_request</c> too.</summary>
internal static class RequestCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        Option<string> uds = BoardInputs.CreateUdsOption();
        Option<string> to = new("--out")
        {
            HelpName = "FILE",
            Description = "Where the request goes (PKCS#10, PEM). Default: devkit-<DeviceID>.csr.",
        };
        Option<bool> force = OutputFiles.CreateForceOption();
        Command command = new("request", "Make a board's request for a DeviceID certificate, for an owner's CA to sign.")
        {
            uds, to, force,
        };
        command.SetAction(terminal, parsed =>
        {
            Run(parsed.GetValue(uds), parsed.GetValue(to), parsed.GetValue(force), terminal);
            return CommandRunner.Success;
        });
        return command;
    }

    private static void Run(string? udsOption, string? to, bool force, Terminal terminal)
    {
        byte[] uds = string.IsNullOrEmpty(udsOption) ? UdsInput.Ask(terminal) : UdsInput.Read(udsOption, terminal);
        try
        {
            byte[] request = DiceEngine.CreateDeviceIdRequest(uds);
            InspectedRequest inspected = InspectedRequest.Read(request);
            OutputFiles files = new(terminal);
            files.Add("--out", to ?? DeviceIdRequest.FileNameFor(inspected.KeyId, ".csr"));
            files.Write(force || files.AskOverwrite(), [Pem.Encode("CERTIFICATE REQUEST", request)]);
            RequestReport report = new(inspected.Subject, inspected.KeyId, [.. files.Paths]);
            terminal.Report(report, report.Describe);
        }
        finally
        {
            SecretBytes.Clear(uds);
        }
    }

    /// <summary>What was asked for.</summary>
    private sealed record RequestReport(string Subject, string DeviceIdKeyId, IReadOnlyList<string> Written)
    {
        /// <summary>Writes it in words.</summary>
        public void Describe(TextWriter output)
        {
            output.WriteLine($"Subject: {Subject}");
            output.WriteLine($"DeviceID key id: {DeviceIdKeyId}");
            output.WriteLine($"Written: {string.Join(", ", Written)}");
        }
    }
}
