using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DevKit.Mqtt.Tests.Peers;

/// <summary>A Mosquitto broker of the test's own on a free port of the loopback address.</summary>
internal sealed class MosquittoBroker : IDisposable
{
    private readonly string _configuration;
    private readonly Process _process;

    private MosquittoBroker(string configuration, Process process, int port)
    {
        _configuration = configuration;
        _process = process;
        Port = port;
    }

    internal int Port { get; }

    /// <summary>Starts a broker that lets everybody in, and waits until it listens.</summary>
    internal static async Task<MosquittoBroker> StartAsync()
    {
        string program = Programs.Require("mosquitto", "install Mosquitto's broker (Debian: mosquitto)");
        for (int tries = 0; tries < 5; tries++)
        {
            int port = FreePort();
            string configuration = Path.GetTempFileName();
            await File.WriteAllTextAsync(configuration, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\n");
            var process = Process.Start(new ProcessStartInfo(program, ["-c", configuration]) { RedirectStandardError = true })!;
            var broker = new MosquittoBroker(configuration, process, port);
            if (await broker.IsRunningAsync())
            {
                return broker;
            }

            // Somebody else has taken the port in between.
            broker.Dispose();
        }

        throw new InvalidOperationException("Mosquitto does not start.");
    }

    /// <summary>Opens a connection to the broker.</summary>
    internal async Task<MqttConnection> ConnectAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        return new MqttConnection(socket);
    }

    /// <summary>Runs one of Mosquitto's clients against this broker.</summary>
    internal Task<string> RunClientAsync(string name, byte[] input, params string[] arguments) =>
        Programs.RunAsync(MosquittoClients.Require(name), input, [.. MosquittoClients.Address(Port), .. arguments]);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_configuration);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether the broker says that it runs, rather than ending.</summary>
    private async Task<bool> IsRunningAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.EndsWith("running", StringComparison.Ordinal))
            {
                // What it goes on to say is read, so that it never waits for a reader.
                _ = _process.StandardError.ReadToEndAsync();
                return true;
            }
        }

        return false;
    }
}
