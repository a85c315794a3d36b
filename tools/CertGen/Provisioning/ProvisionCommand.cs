using System.CommandLine;
using DevKit.CertGen.Authority;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Provisioning;

/// <summary><c>certgen provision</c>: sets boards up over their serial ports, without typing.</summary>
internal static class ProvisionCommand
{
    private static readonly Option<string> Port = new("--port")
    {
        HelpName = "PORT",
        Required = true,
        Description = "The board's serial port: /dev/ttyACM0, COM3, tcp:PORT or tcp:HOST:PORT.",
    };

    private static readonly Option<string> WifiSsid = Text("--wifi-ssid", "SSID", "The Wi-Fi network's name.");

    private static readonly Option<string> WifiPasswordOption = Text(
        "--wifi-password", "-|FILE", "Its password, from a file, or - for a line of the input. Empty: an open network.");

    private static readonly Option<string> IdScope = Text("--id-scope", "SCOPE", "The ID scope of the provisioning service.");

    private static readonly Option<string> Endpoint = Text("--endpoint", "HOST", "The provisioning service, if not the global one.");

    private static readonly Option<string> RegistrationId = BoardInputs.CreateRegistrationIdOption();

    private static readonly Option<string> Csr = Text("--csr", "on|off", "Whether the board asks DPS for an operational certificate.");

    private static readonly Option<string> UdsOption = Text(
        "--uds",
        "generate|-|FILE",
        "The UDS: made for each board and kept in a file that you alone may read, or a line of the input, or a file. Without this "
        + "option the board keeps its own.");

    private static readonly Option<string> Image = BoardInputs.CreateImageOption();

    private static readonly Option<string> Ca = AuthorityFiles.CreateCertificateOption();

    private static readonly Option<string> CaKey = AuthorityFiles.CreateKeyOption();

    private static readonly Option<string> PasswordOption = Password.CreateOption();

    private static readonly Option<string> Out = new("--out")
    {
        HelpName = "DIR",
        Description = "The folder for certificates and UDS files.",
        DefaultValueFactory = _ => ".",
    };

    private static readonly Option<int> Timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = "How long the board may take for an answer.",
        DefaultValueFactory = _ => 60,
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace a board's UDS, and files that exist." };

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        Command command = new("provision", "Set boards up over their serial ports: settings, UDS, a certificate of the owner's CA.")
        {
            Port, WifiSsid, WifiPasswordOption, IdScope, Endpoint, RegistrationId, Csr, UdsOption, Image, Ca, CaKey, PasswordOption, Out,
            Timeout, Force,
        };
        command.SetAction(terminal, (parsed, cancellation) => RunAsync(ReadOptions(parsed), terminal, cancellation));
        return command;
    }

    private static Option<string> Text(string name, string value, string description)
        => new(name) { HelpName = value, Description = description };

    private static ProvisionOptions ReadOptions(ParseResult result) => new()
    {
        Port = result.GetRequiredValue(Port),
        WifiSsid = result.GetValue(WifiSsid),
        WifiPassword = result.GetValue(WifiPasswordOption),
        IdScope = result.GetValue(IdScope),
        Endpoint = result.GetValue(Endpoint),
        RegistrationId = result.GetValue(RegistrationId),
        Csr = result.GetValue(Csr),
        Uds = result.GetValue(UdsOption),
        Image = result.GetValue(Image),
        Ca = result.GetValue(Ca),
        CaKey = result.GetValue(CaKey),
        Password = result.GetValue(PasswordOption),
        Out = result.GetRequiredValue(Out),
        Timeout = result.GetValue(Timeout),
        Force = result.GetValue(Force),
    };

    private static async Task<int> RunAsync(ProvisionOptions options, Terminal terminal, CancellationToken cancellation)
    {
        options.Validate(terminal);
        ImageFile? image = options.Image == null ? null : ImageFile.Read(options.Image, terminal);
        byte[]? wifiPassword = null, uds = null;
        try
        {
            wifiPassword = options.WifiSsid == null ? null : WifiPassword.Read(options.WifiPassword, terminal);
            uds = options.Uds is null or ProvisionOptions.GenerateUds ? null : UdsInput.Read(options.Uds, terminal);
            using OwnerAuthority? authority = options.LoadAuthority(terminal);
            Provisioner provisioner = new(options, image, authority, wifiPassword, terminal);
            return options.IsForOneBoard || !terminal.IsAtConsole || terminal.Json
                ? await RunOneAsync(provisioner, uds, cancellation)
                : await RunManyAsync(provisioner, terminal, cancellation);
        }
        finally
        {
            SecretBytes.Clear(wifiPassword);
            SecretBytes.Clear(uds);
        }
    }

    private static async Task<int> RunOneAsync(Provisioner provisioner, byte[]? uds, CancellationToken cancellation)
    {
        await provisioner.RunAsync(uds, cancellation);
        return CommandRunner.Success;
    }

    // One board's failure is not the next one's.
    private static async Task<int> RunManyAsync(Provisioner provisioner, Terminal terminal, CancellationToken cancellation)
    {
        int done = 0, failed = 0;
        do
        {
            try
            {
                await provisioner.RunAsync(null, cancellation);
                done++;
            }
            catch (CommandException e)
            {
                terminal.Error.WriteLine($"Error: {e.Message}");
                failed++;
            }
        }
        while (terminal.Ask("Next board: connect it and press Enter (q: no more)", null, ReadNext));

        terminal.Prompt.WriteLine($"Boards set up: {done}; failed: {failed}");
        return failed == 0 ? CommandRunner.Success : CommandRunner.Failure;
    }

    private static bool ReadNext(string answer) => answer.ToUpperInvariant() switch
    {
        "" => true,
        "Q" => false,
        _ => throw new CommandException($"\"{answer}\" is neither Enter nor q. Press Enter for the next board, q to end."),
    };
}
