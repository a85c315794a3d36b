using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DevKit.Board;
using DevKit.Boot;
using DevKit.Boot.Console;
using DevKit.CertGen;
using DevKit.Dice;
using DevKit.DpsEmulator.Host;
using DevKit.Sim.Board;

namespace DevKit.Demo;

/// <summary>
/// Does what the tutorial does, from an empty secure element to a connected device, through the interfaces that a board and
/// the cloud have: keystrokes on the serial port, buttons, the certificate generator's command line, HTTP.
/// </summary>
public sealed partial class DemoRunner : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder;
    private readonly TextWriter _output;
    private readonly CancellationToken _cancellation;
    private EmulatorHost? _cloud;
    private CloudPage? _page;
    private string _imageFile = "";
    private byte[] _uds = [];

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
    /// <exception cref="DemoException">A step did not show what it should have.</exception>
    public async Task RunAsync()
    {
        await StartCloudAsync();
        _imageFile = Path.Combine(_folder, "DevKitDps.dll");
        await File.WriteAllBytesAsync(_imageFile, MeasuredImage.Read()!, _cancellation);

        string certificateFile;
        string registrationId;
        using (VirtualDevKit board = CreateBoard(null))
        using (SerialMonitor serial = new(board))
        {
            await ConfigureAsync(board, serial);
            (string mac, string version, registrationId) = await ReadIdentityAsync(board, serial);
            certificateFile = GenerateCertificate(mac, version, registrationId);
            await EnrollAsync(certificateFile, registrationId);
            await ConnectAsync(board, serial, registrationId);
        }

        await RefuseChangedImageAsync(registrationId);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        CryptographicOperations.ZeroMemory(_uds);
        _page?.Dispose();
        if (_cloud != null)
        {
            await _cloud.DisposeAsync();
        }
    }

    private async Task StartCloudAsync()
    {
        _cloud = await CloudStarter.StartAsync(Path.Combine(_folder, "cloud"), _cancellation);
        _page = new CloudPage(_cloud.HttpAddress);
        Report(
            "cloud",
            $"DPS and IoT Hub listen on {_cloud.MqttEndPoint} (MQTT over TLS), "
                + $"the page is {_cloud.HttpAddress}, ID scope {_cloud.IdScope}");
    }

    private VirtualDevKit CreateBoard(string? imageFile)
    {
        VirtualDevKit board = new(new BoardOptions
        {
            Folder = Path.Combine(_folder, "board"),
            CloudEndPoint = _cloud!.MqttEndPoint.ToString(),
            ImageFile = imageFile,
        });
        board.Folder.StoreCa(_cloud.CaCertificatePem);
        return board;
    }

    private async Task ConfigureAsync(VirtualDevKit board, SerialMonitor serial)
    {
        board.SetButton(BoardPins.ButtonA, true);
        board.PlugIn();
        await serial.ReadUntilAsync("The configuration prompt", Patience, _cancellation, LineEditor.Prompt);
        board.SetButton(BoardPins.ButtonA, false);
        Report("board", "button A held at reset: configuration mode, a prompt on serial");

        serial.Type("show");
        string shown = await serial.ReadUntilAsync("The settings", Patience, _cancellation, LineEditor.Prompt);
        Expect(shown, "dps_uds: not set");
        Report("show", "a factory-fresh secure element: dps_uds: not set");

        _uds = RandomNumberGenerator.GetBytes(32);
        await SetAsync(serial, "set_wifissid " + BoardOptions.DefaultSsid);
        await SetAsync(serial, "set_wifipwd " + BoardOptions.DefaultPassword);
        await SetAsync(serial, "set_dps_uds " + Convert.ToHexStringLower(_uds));
        await SetAsync(serial, "set_dps_idscope " + _cloud!.IdScope);
    }

    private async Task SetAsync(SerialMonitor serial, string line)
    {
        serial.Type(line);
        string answer = await serial.ReadUntilAsync("The answer to a setting", Patience, _cancellation, LineEditor.Prompt);
        string info = answer.Split('\n').FirstOrDefault(l => l.StartsWith("INFO:", StringComparison.Ordinal))
            ?? throw new DemoException($"The console did not take the setting: {answer}");
        if (line.Contains("pwd ", StringComparison.Ordinal) || line.Contains("uds ", StringComparison.Ordinal))
        {
            string secret = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            bool isMasked = answer.Contains(new string('*', secret.Length), StringComparison.Ordinal);
            if (!isMasked || answer.Contains(secret, StringComparison.Ordinal))
            {
                throw new DemoException("The console echoes a secret.");
            }
        }

        Report(line[..line.IndexOf(' ', StringComparison.Ordinal)], info.Trim());
    }

    private async Task<(string Mac, string Version, string RegistrationId)> ReadIdentityAsync(VirtualDevKit board, SerialMonitor serial)
    {
        board.Reset();
        string start = await serial.ReadUntilAsync("The registration ID", Patience, _cancellation, "Registration ID: ");
        string mac = Find(start, MacLine());
        string version = Find(start, VersionLine());
        string registrationId = Find(start, RegistrationIdLine());
        Report("reset", $"MAC {mac}, firmware {version}, registration ID {registrationId}");
        Report("not enrolled", LastLine(await serial.ReadUntilAsync("DPS's refusal", Patience, _cancellation, "ERROR: DPS answers")));
        return (mac, version, registrationId);
    }

    private string GenerateCertificate(string mac, string version, string registrationId)
    {
        string file = Path.Combine(_folder, registrationId + ".pem");
        using StringReader secret = new(Convert.ToHexStringLower(_uds) + "\n");
        using StringWriter output = new();
        using StringWriter error = new();
        string[] arguments = ["--image", _imageFile, "--uds", "-", "--mac", mac, "--firmware", version, "--out", file];
        int code = CertGenCommand.Run(arguments, secret, output, error);
        if (code != 0)
        {
            throw new DemoException($"CertGen ended with {code}: {error}");
        }

        Report("CertGen", $"wrote {Path.GetFileName(file)} out of UDS, image, MAC and version, on the PC");
        return file;
    }

    private async Task EnrollAsync(string certificateFile, string registrationId)
    {
        await _page!.EnrollAsync(await File.ReadAllTextAsync(certificateFile, _cancellation), registrationId, _cancellation);
        Report("enrollment", $"{Path.GetFileName(certificateFile)} uploaded over HTTP: {registrationId} is enrolled");
    }

    private async Task ConnectAsync(VirtualDevKit board, SerialMonitor serial, string registrationId)
    {
        board.Reset();
        string assigned = await serial.ReadUntilAsync("The assignment", Patience, _cancellation, "DPS: assigned to ");
        Report("registration", LastLine(assigned));
        Report("same bytes", "the service compared the device's certificate with CertGen's, and took it");
        string connected = await serial.ReadUntilAsync("The hub connection", Patience, _cancellation, "Hub: connected to ");
        Report("hub", LastLine(connected));
        string telemetry = await _page!.WaitForTelemetryAsync(registrationId, Patience, _cancellation);
        Report("telemetry", $"the hub has seen {telemetry}");
        if (!board.IsHigh(BoardPins.AzureLed) || !board.IsHigh(BoardPins.WifiLed))
        {
            throw new DemoException("The Wi-Fi and Azure lights are not both on.");
        }

        Report("lights", "Wi-Fi and Azure are on");
    }

    private async Task RefuseChangedImageAsync(string registrationId)
    {
        string changed = Path.Combine(_folder, "changed.dll");
        byte[] image = await File.ReadAllBytesAsync(_imageFile, _cancellation);
        await File.WriteAllBytesAsync(changed, [.. image, 0, 0, 0, 0], _cancellation);
        using VirtualDevKit board = CreateBoard(changed);
        using SerialMonitor serial = new(board);
        board.PlugIn();
        string answer = await serial.ReadUntilAsync("An answer of DPS", Patience, _cancellation, "ERROR: DPS answers", "DPS: assigned to ");
        if (!answer.Contains("401", StringComparison.Ordinal))
        {
            throw new DemoException($"A changed image of {registrationId} was not refused: {LastLine(answer)}");
        }

        Report("changed image", "four bytes longer, same UDS: " + LastLine(answer));
    }

    private void Report(string step, string observed) => _output.WriteLine($"{step,-16} {observed}");

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1].Trim();

    private static void Expect(string text, string wanted)
    {
        if (!text.Contains(wanted, StringComparison.Ordinal))
        {
            throw new DemoException($"\"{wanted}\" was expected, but this came: {text}");
        }
    }

    private static string Find(string text, Regex line)
    {
        Match match = line.Match(text);
        return match.Success ? match.Groups[1].Value : throw new DemoException($"No line matches {line} in: {text}");
    }

    [GeneratedRegex("MAC: ([0-9a-f]{12})\r")]
    private static partial Regex MacLine();

    [GeneratedRegex("Registration ID: ([a-z0-9-]+)\r")]
    private static partial Regex RegistrationIdLine();

    [GeneratedRegex("Firmware version: ([0-9.]+)\r")]
    private static partial Regex VersionLine();
}
