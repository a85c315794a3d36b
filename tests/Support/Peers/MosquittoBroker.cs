using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace DevKit.Support.Peers;

/// <summary>A Mosquitto broker of the test's own on free ports of the loopback address.</summary>
public sealed class MosquittoBroker : IDisposable
{
    private readonly string _configuration;
    private readonly Process _process;
    private readonly Channel<string> _log = Channel.CreateUnbounded<string>();

    private MosquittoBroker(string configuration, Process process, int port, int tlsPort)
    {
        (_configuration, _process, Port, TlsPort) = (configuration, process, port, tlsPort);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _log.Writer.Complete();
            }
            else
            {
                _log.Writer.TryWrite(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens without TLS, for everybody.</summary>
    public int Port { get; }

    /// <summary>Where it listens as the options of TLS say; 0 where there are none.</summary>
    public int TlsPort { get; }

    /// <summary>Starts a broker that lets everybody in, and waits until it listens.</summary>
    /// <param name="tls">Lines of mosquitto.conf(5) for a second listener, with TLS; none for no such listener.</param>
    public static async Task<MosquittoBroker> StartAsync(params string[] tls)
    {
        string program = Programs.Require("mosquitto", "install Mosquitto's broker (Debian: mosquitto)");
        for (int tries = 0; tries < 5; tries++)
        {
            MosquittoBroker broker = Start(program, FreePort(), tls);
            if (await broker.FindLogAsync("running") is not null)
            {
                return broker;
            }

            // Somebody else has taken a port in between.
            broker.Dispose();
        }

        throw new InvalidOperationException("Mosquitto does not start.");
    }

    /// <summary>Runs one of Mosquitto's clients against this broker.</summary>
    public Task<string> RunClientAsync(string name, byte[] input, params string[] arguments) =>
        Programs.RunAsync(MosquittoClients.Require(name), input, [.. MosquittoClients.Address(Port), .. arguments]);

    /// <summary>Waits for a line of the broker's log, and skips those before it; null when the broker ends instead.</summary>
    public async Task<string?> FindLogAsync(string text)
    {
        using var limit = new CancellationTokenSource(Programs.Patience);
        await foreach (string line in _log.Reader.ReadAllAsync(limit.Token))
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        return null;
    }

    /// <summary>Kills the broker, as a crash would.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        File.Delete(_configuration);
    }

    private static MosquittoBroker Start(string program, int port, string[] tls)
    {
        int tlsPort = tls.Length == 0 ? 0 : FreePort();
        string[] second = tls.Length == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"listener {tlsPort} 127.0.0.1"), .. tls];
        string configuration = Path.GetTempFileName();
        File.WriteAllLines(
            configuration,
            [
                "persistence false",
                "allow_anonymous true",

                // Started by root it would go on as a user of its own, who may not read a test's files.
                $"user {Environment.UserName}",
                string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1"),
                .. second,
            ]);
        var process = Process.Start(new ProcessStartInfo(program, ["-c", configuration]) { RedirectStandardError = true })!;
        return new MosquittoBroker(configuration, process, port, tlsPort);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
