using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

using DevKit.CommandLine;

namespace DevKit.Fleet.Servers;

/// <summary>Mosquitto with TLS and client certificates, in a process of its own, on a free port of this machine.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private Mosquitto(DirectoryInfo folder, Process process, int port) => (_folder, _process, Port) = (folder, process, port);

    internal int Port { get; }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <param name="certificateFile">The server's certificate, PEM.</param>
    /// <param name="keyFile">The server's key, PEM.</param>
    /// <param name="clientAuthority">Who signs the clients' certificates, PEM.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CommandException">It is not installed, or does not start.</exception>
    internal static async Task<Mosquitto> StartAsync(
        string certificateFile, string keyFile, string clientAuthority, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("devkit-mosquitto-");
        int port = FindFreePort();
        string authorityFile = Path.Combine(folder.FullName, "clients.pem");
        string configuration = Path.Combine(folder.FullName, "mosquitto.conf");
        await File.WriteAllTextAsync(authorityFile, clientAuthority, cancellation);
        await File.WriteAllLinesAsync(
            configuration,
            [
                string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1"),
                "persistence false",
                "allow_anonymous true",
                "log_dest none",
                $"user {Environment.UserName}",
                $"cafile {authorityFile}",
                $"certfile {certificateFile}",
                $"keyfile {keyFile}",
                "require_certificate true",
            ],
            cancellation);
        var mosquitto = new Mosquitto(folder, Start(configuration, folder), port);
        try
        {
            await mosquitto.WaitAsync(cancellation);
            return mosquitto;
        }
        catch
        {
            await mosquitto.DisposeAsync();
            throw;
        }
    }

    private static Process Start(string configuration, DirectoryInfo folder)
    {
        // Debian has servers in a folder that is not on every user's PATH.
        string program = File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";
        try
        {
            var process = Process.Start(new ProcessStartInfo(program, ["-c", configuration]) { RedirectStandardError = true })!;
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
            return process;
        }
        catch (Win32Exception)
        {
            folder.Delete(recursive: true);
            throw new CommandException("--compare-mosquitto: mosquitto is not installed (Debian: the package mosquitto).");
        }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (!_process.HasExited && Stopwatch.GetElapsedTime(start) < Patience)
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Port, cancellation);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
            }
        }

        throw new CommandException("--compare-mosquitto: mosquitto does not start.");
    }
}
