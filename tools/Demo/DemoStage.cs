using DevKit.Boot.Console;
using DevKit.CertGen;
using DevKit.CommandLine;
using DevKit.DpsEmulator.Host;
using DevKit.Sim.Board;

namespace DevKit.Demo;

/// <summary>What all parts of the demo work with: a cloud, its page, a folder, and the lines that say what was observed.</summary>
internal sealed class DemoStage : IAsyncDisposable
{
    /// <summary>How long a step may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TextWriter _output;

    private DemoStage(string folder, EmulatorHost cloud, TextWriter output, CancellationToken cancellation)
    {
        Folder = folder;
        Cloud = cloud;
        Page = new CloudPage(cloud.HttpAddress, cloud.HubName);
        Cancellation = cancellation;
        _output = output;
    }

    /// <summary>The folder of the board, the cloud's data and the files of the user.</summary>
    public string Folder { get; }

    /// <summary>The local cloud.</summary>
    public EmulatorHost Cloud { get; }

    /// <summary>Its page.</summary>
    public CloudPage Page { get; }

    /// <summary>Ends the demo.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Starts the cloud.</summary>
    public static async Task<DemoStage> OpenAsync(string folder, TextWriter output, CancellationToken cancellation)
    {
        EmulatorHost cloud = await CloudStarter.StartAsync(Path.Combine(folder, "cloud"), cancellation);
        DemoStage stage = new(folder, cloud, output, cancellation);
        stage.Report(
            "cloud",
            $"DPS and IoT Hub listen on {cloud.MqttEndPoint} (MQTT over TLS), "
                + $"the page is {cloud.HttpAddress}, ID scope {cloud.IdScope}");
        return stage;
    }

    /// <summary>The last line of a text.</summary>
    public static string LastLine(string text) => text.TrimEnd().Split('\n')[^1].Trim();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Page.Dispose();
        await Cloud.DisposeAsync();
    }

    /// <summary>Says what was observed at a step.</summary>
    public void Report(string step, string observed) => _output.WriteLine($"{step,-16} {observed}");

    /// <summary>A board of this demo's folder, with the cloud's CA in its store.</summary>
    /// <param name="imageFile">The application image; null for this build's.</param>
    public VirtualDevKit CreateBoard(string? imageFile)
    {
        VirtualDevKit board = new(new BoardOptions
        {
            Folder = Path.Combine(Folder, "board"),
            CloudEndPoint = Cloud.MqttEndPoint.ToString(),
            ImageFile = imageFile,
        });
        board.Folder.StoreCa(Cloud.CaCertificatePem);
        return board;
    }

    /// <summary>Runs the certificate generator by its command line.</summary>
    /// <param name="input">What it reads from its input: a secret, and the line's end.</param>
    /// <param name="arguments">A command and options.</param>
    /// <exception cref="CommandException">It refused them.</exception>
    public static async Task RunCertGenAsync(string input, params string[] arguments)
    {
        using StringReader reader = new(input);
        using StringWriter output = new(), error = new();
        int code = await CertGenCommand.RunAsync(arguments, reader, output, error);
        if (code != 0)
        {
            throw new CommandException($"CertGen ended with {code}: {error}");
        }
    }

    /// <summary>Waits for one of some texts on a serial port.</summary>
    public Task<string> ReadAsync(SerialMonitor serial, string what, params string[] texts) =>
        serial.ReadUntilAsync(what, Patience, Cancellation, texts);

    /// <summary>Types a command and returns what came until the next prompt.</summary>
    public async Task<string> TypeAsync(SerialMonitor serial, string line)
    {
        serial.Type(line);
        return await ReadAsync(serial, $"The answer to '{line.Split(' ')[0]}'", LineEditor.Prompt);
    }

    /// <summary>Types a setting, which has to be taken, and shows what the console says.</summary>
    /// <exception cref="CommandException">It was not taken, or the console echoes a secret.</exception>
    public async Task SetAsync(SerialMonitor serial, string line)
    {
        string answer = await TypeAsync(serial, line);
        string info = answer.Split('\n').FirstOrDefault(l => l.StartsWith("INFO:", StringComparison.Ordinal))
            ?? throw new CommandException($"The console did not take the setting: {answer}");
        if (line.Contains("pwd ", StringComparison.Ordinal) || line.Contains("uds ", StringComparison.Ordinal))
        {
            string secret = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            bool isMasked = answer.Contains(new string('*', secret.Length), StringComparison.Ordinal);
            if (!isMasked || answer.Contains(secret, StringComparison.Ordinal))
            {
                throw new CommandException("The console echoes a secret.");
            }
        }

        Report(line[..line.IndexOf(' ', StringComparison.Ordinal)], info.Trim());
    }
}
