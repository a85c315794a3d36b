using System.Globalization;
using System.IO.Ports;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using DevKit.CommandLine;

namespace DevKit.CertGen.Provisioning;

/// <summary>The line to a board: a serial port, or a TCP port that stands for one.</summary>
internal sealed partial class BoardPort : IDisposable
{
    // docs/console.md
    private const int BaudRate = 115200;
    private const string Unreachable =
        "Plug the board in (or start the virtual one with --serial tcp:PORT), and see that nothing else has the port open.";

    private readonly IDisposable _owner;

    private BoardPort(string name, IDisposable owner, Stream stream)
    {
        Name = name;
        Stream = stream;
        _owner = owner;
    }

    /// <summary>As the user named it.</summary>
    public string Name { get; }

    /// <summary>What the board sends, and what it is sent.</summary>
    public Stream Stream { get; }

    /// <summary>Opens a line.</summary>
    /// <param name="name"><c>/dev/ttyACM0</c>, <c>COM3</c>, <c>tcp:PORT</c> on this computer, or <c>tcp:HOST:PORT</c>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CommandException">It can't be opened.</exception>
    public static async Task<BoardPort> OpenAsync(string name, CancellationToken cancellation)
    {
        if (!name.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase))
        {
            return OpenSerial(name);
        }

        Match match = TcpName().Match(name);
        if (!match.Success || !ushort.TryParse(match.Groups["port"].Value, CultureInfo.InvariantCulture, out ushort port) || port == 0)
        {
            throw new CommandException($"--port {name} is malformed. Write tcp:PORT or tcp:HOST:PORT, with a port of 1 to 65535.");
        }

        TcpClient client = new() { NoDelay = true };
        try
        {
            await client.ConnectAsync(match.Groups["host"] is { Length: > 0 } host ? host.Value : "127.0.0.1", port, cancellation);
            return new BoardPort(name, client, client.GetStream());
        }
        catch (SocketException e)
        {
            client.Dispose();
            throw new CommandException($"{name} can't be connected to: {e.Message}. {Unreachable}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _owner.Dispose();

    private static BoardPort OpenSerial(string name)
    {
        SerialPort port = new(name.Length == 0 ? " " : name, BaudRate);
        try
        {
            port.Open();
            return new BoardPort(name, port, port.BaseStream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            port.Dispose();
            throw new CommandException($"The serial port \"{name}\" {Explain(name, e)}. {DescribePorts()} {Unreachable}");
        }
    }

    // .NET says of a file that is not there that access to it is denied.
    private static string Explain(string name, Exception error)
        => !OperatingSystem.IsWindows() && !File.Exists(name) ? "does not exist"
            : OperatingSystem.IsLinux() && error is UnauthorizedAccessException
                ? $"can't be opened: {error.Message.TrimEnd('.')}; its users are the group that \"ls -l {name}\" shows, often dialout"
            : $"can't be opened: {error.Message.TrimEnd('.')}";

    private static string DescribePorts()
    {
        string[] names = SerialPort.GetPortNames();
        return names.Length > 0 ? $"This computer has {string.Join(", ", names)}." : "This computer has no serial port now.";
    }

    [GeneratedRegex(@"\Atcp:(?:(?<host>[^\[\]:]+|\[[^\]]+\]):)?(?<port>[0-9]{1,5})\z", RegexOptions.IgnoreCase)]
    private static partial Regex TcpName();
}
