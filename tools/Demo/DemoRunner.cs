using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DevKit.Board;
using DevKit.Boot;
using DevKit.Boot.Console;
using DevKit.CommandLine;
using DevKit.Dice;
using DevKit.Sim.Board;

namespace DevKit.Demo;

/// <summary>
/// Does what the tutorial does, from an empty secure element to a connected device, through the interfaces that a board and
/// the cloud have: keystrokes on the serial port, buttons, the certificate generator's command line, HTTP.
/// </summary>
public sealed partial class DemoRunner : IAsyncDisposable
{
    private readonly string _folder;
    private readonly TextWriter _output;
    private readonly CancellationToken _cancellation;
    private DemoStage? _opened;
    private string _imageFile = "";
    private byte[] _uds = [];

    private DemoStage Stage => _opened ?? throw new InvalidOperationException("The demo has not begun.");

    /// <summary>Makes a demo.</summary>
    /// <param name="folder">An empty folder for the board, the cloud's data and the files of the user.</param>
    /// <param name="output">Where each step's line goes.</param>
    /// <param name="cancellation">Ends the demo.</param>
    public DemoRunner(string folder, TextWriter output, CancellationToken cancellation)
    {
        _folder = folder;
        _output = output;
        _cancellation = cancellation;
    }

    /// <summary>Runs every step.</summary>
    /// <exception cref="CommandException">A step did not show what it should have.</exception>
    public async Task RunAsync()
    {
        _opened = await DemoStage.OpenAsync(_folder, _output, _cancellation);
        _imageFile = Path.Combine(_folder, "DevKitDps.dll");
        await File.WriteAllBytesAsync(_imageFile, MeasuredImage.Read()!, _cancellation);

        string certificateFile;
        string registrationId;
        using (VirtualDevKit board = Stage.CreateBoard(null))
        using (SerialMonitor serial = new(board))
        {
            await ConfigureAsync(board, serial);
            (string mac, string version, registrationId) = await ReadIdentityAsync(board, serial);
            certificateFile = await GenerateCertificateAsync(mac, version, registrationId);
            await EnrollAsync(certificateFile, registrationId);
            await ConnectAsync(board, serial, registrationId);
        }

        await RefuseChangedImageAsync(registrationId);
        await new GroupSteps(Stage).RunAsync(registrationId);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        CryptographicOperations.ZeroMemory(_uds);
        if (_opened != null)
        {
            await _opened.DisposeAsync();
        }
    }

    private async Task ConfigureAsync(VirtualDevKit board, SerialMonitor serial)
    {
        board.SetButton(BoardPins.ButtonA, true);
        board.PlugIn();
        await Stage.ReadAsync(serial, "The configuration prompt", LineEditor.Prompt);
        board.SetButton(BoardPins.ButtonA, false);
        Stage.Report("board", "button A held at reset: configuration mode, a prompt on serial");

        serial.Type("show");
        string shown = await Stage.ReadAsync(serial, "The settings", LineEditor.Prompt);
        Expect(shown, "dps_uds: not set");
        Stage.Report("show", "a factory-fresh secure element: dps_uds: not set");

        _uds = RandomNumberGenerator.GetBytes(32);
        await Stage.SetAsync(serial, "set_wifissid " + BoardOptions.DefaultSsid);
        await Stage.SetAsync(serial, "set_wifipwd " + BoardOptions.DefaultPassword);
        await Stage.SetAsync(serial, "set_dps_uds " + Convert.ToHexStringLower(_uds));
        await Stage.SetAsync(serial, "set_dps_idscope " + Stage.Cloud.IdScope);
    }

    private async Task<(string Mac, string Version, string RegistrationId)> ReadIdentityAsync(VirtualDevKit board, SerialMonitor serial)
    {
        board.Reset();
        string start = await Stage.ReadAsync(serial, "The registration ID", "Registration ID: ");
        string mac = Find(start, MacLine());
        string version = Find(start, VersionLine());
        string registrationId = Find(start, RegistrationIdLine());
        Stage.Report("reset", $"MAC {mac}, firmware {version}, registration ID {registrationId}");
        Stage.Report("not enrolled", DemoStage.LastLine(await Stage.ReadAsync(serial, "DPS's refusal", "ERROR: DPS answers")));
        return (mac, version, registrationId);
    }

    private async Task<string> GenerateCertificateAsync(string mac, string version, string registrationId)
    {
        string file = Path.Combine(_folder, registrationId + ".pem");
        await DemoStage.RunCertGenAsync(
            Convert.ToHexStringLower(_uds) + "\n",
            "--image", _imageFile, "--uds", "-", "--mac", mac, "--firmware", version, "--out", file);
        Stage.Report("CertGen", $"wrote {Path.GetFileName(file)} out of UDS, image, MAC and version, on the PC");
        return file;
    }

    private async Task EnrollAsync(string certificateFile, string registrationId)
    {
        await Stage.Page.EnrollAsync(await File.ReadAllTextAsync(certificateFile, _cancellation), registrationId, _cancellation);
        Stage.Report("enrollment", $"{Path.GetFileName(certificateFile)} uploaded over HTTP: {registrationId} is enrolled");
    }

    private async Task ConnectAsync(VirtualDevKit board, SerialMonitor serial, string registrationId)
    {
        board.Reset();
        string assigned = await Stage.ReadAsync(serial, "The assignment", "DPS: assigned to ");
        Stage.Report("registration", DemoStage.LastLine(assigned));
        Stage.Report("same bytes", "the service compared the device's certificate with CertGen's, and took it");
        string connected = await Stage.ReadAsync(serial, "The hub connection", "Hub: connected to ");
        Stage.Report("hub", DemoStage.LastLine(connected));
        string telemetry = await Stage.Page.WaitForTelemetryAsync(registrationId, 0, DemoStage.Patience, _cancellation);
        Stage.Report("telemetry", $"the hub has seen {telemetry}");
        if (!board.IsHigh(BoardPins.AzureLed) || !board.IsHigh(BoardPins.WifiLed))
        {
            throw new CommandException("The Wi-Fi and Azure lights are not both on.");
        }

        Stage.Report("lights", "Wi-Fi and Azure are on");
    }

    private async Task RefuseChangedImageAsync(string registrationId)
    {
        string changed = Path.Combine(_folder, "changed.dll");
        byte[] image = await File.ReadAllBytesAsync(_imageFile, _cancellation);
        await File.WriteAllBytesAsync(changed, [.. image, 0, 0, 0, 0], _cancellation);
        using VirtualDevKit board = Stage.CreateBoard(changed);
        using SerialMonitor serial = new(board);
        board.PlugIn();
        string answer = await Stage.ReadAsync(serial, "An answer of DPS", "ERROR: DPS answers", "DPS: assigned to ");
        if (!answer.Contains("401", StringComparison.Ordinal))
        {
            throw new CommandException($"A changed image of {registrationId} was not refused: {DemoStage.LastLine(answer)}");
        }

        Stage.Report("changed image", "four bytes longer, same UDS: " + DemoStage.LastLine(answer));
    }

    private static void Expect(string text, string wanted)
    {
        if (!text.Contains(wanted, StringComparison.Ordinal))
        {
            throw new CommandException($"\"{wanted}\" was expected, but this came: {text}");
        }
    }

    private static string Find(string text, Regex line)
    {
        Match match = line.Match(text);
        return match.Success ? match.Groups[1].Value : throw new CommandException($"No line matches {line} in: {text}");
    }

    [GeneratedRegex("MAC: ([0-9a-f]{12})\r")]
    private static partial Regex MacLine();

    [GeneratedRegex("Registration ID: ([a-z0-9-]+)\r")]
    private static partial Regex RegistrationIdLine();

    [GeneratedRegex("Firmware version: ([0-9.]+)\r")]
    private static partial Regex VersionLine();
}
