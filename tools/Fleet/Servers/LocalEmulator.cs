using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

using DevKit.CommandLine;

namespace DevKit.Fleet.Servers;

/// <summary>
/// An emulator in a process of its own, so that what it uses is its own, on free ports and in a folder that goes with it.
/// </summary>
internal sealed partial class LocalEmulator : ICloud
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "DpsEmulator.dll");

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private LocalEmulator(DirectoryInfo folder, Process process, string announcement)
    {
        (_folder, _process) = (folder, process);
        Match match = Announcement().Match(announcement);
        (Host, Port) = ("127.0.0.1", int.Parse(match.Groups["mqtt"].Value, CultureInfo.InvariantCulture));
        (IdScope, Api) = (match.Groups["scope"].Value, new Uri(match.Groups["page"].Value));
        Trust = Servers.Trust.Read(Path.Combine(folder.FullName, "ca.pem"));
    }

    public string Host { get; }

    public int Port { get; }

    public string IdScope { get; }

    public Uri Api { get; }

    public X509ChainPolicy Trust { get; }

    /// <summary>The server's certificate file, PEM.</summary>
    internal string CertificateFile => Path.Combine(_folder.FullName, "server.pem");

    /// <summary>The server's key file, PEM.</summary>
    internal string KeyFile => Path.Combine(_folder.FullName, "server.key.pem");

    public async ValueTask DisposeAsync() => await EndAsync(_process, _folder);

    public ServerUsage? ReadUsage() => ServerUsage.Read(_process);

    /// <exception cref="CommandException">It does not start; the message is its own.</exception>
    internal static async Task<LocalEmulator> StartAsync(CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("devkit-fleet-");
        Process process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [
                Program, "--data", folder.FullName, "--assign-delay", "0",
                "--mqtt", "127.0.0.1:0", "--https", "127.0.0.1:0", "--http", "127.0.0.1:0",
            ])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            string announcement = await ReadAnnouncementAsync(process.StandardOutput, cancellation);
            return new LocalEmulator(folder, process, announcement);
        }
        catch
        {
            await EndAsync(process, folder);
            throw;
        }
    }

    private static async Task<string> ReadAnnouncementAsync(StreamReader output, CancellationToken cancellation)
    {
        var lines = new List<string>();
        while (!lines.Contains("Ctrl+C ends it."))
        {
            lines.Add(await output.ReadLineAsync(cancellation)
                ?? throw new CommandException($"The emulator does not start. {string.Join(' ', lines)}"));
        }

        // Its log is read, or it would wait for a reader some day.
        _ = output.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return string.Join('\n', lines);
    }

    private static async Task EndAsync(Process process, DirectoryInfo folder)
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"Page\s+(?<page>\S+)\s+MQTT\s+127\.0\.0\.1:(?<mqtt>\d+)[^$]*ID scope\s+(?<scope>\S+)")]
    private static partial Regex Announcement();
}
