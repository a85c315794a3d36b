using System.Text;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Provisioning;

/// <summary>The configuration console of a board (docs/console.md): a line is typed when the prompt stands there.</summary>
/// <param name="port">The line to the board.</param>
/// <param name="patience">How long an answer may take.</param>
internal sealed class BoardConsole(BoardPort port, TimeSpan patience)
{
    private const int LineCapacity = 1023;
    private const byte CarriageReturn = (byte)'\r';
    private const byte Delete = 0x7F;

    // A console that is there prompts at once.
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(2);

    private readonly byte[] _buffer = new byte[4096];
    private readonly List<byte> _received = [];
    private Task<int>? _reading;
    private bool _isEntered;

    private static ReadOnlySpan<byte> Prompt => "\r\n# "u8;

    /// <summary>Waits until the board is in configuration mode.</summary>
    /// <param name="terminal">Who is told how to bring it there.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CommandException">It does not get there.</exception>
    public async Task EnterAsync(Terminal terminal, CancellationToken cancellation)
    {
        // Whoever was here before may have left half a line.
        byte[] clean = [.. Enumerable.Repeat(Delete, LineCapacity), CarriageReturn];
        await WriteAsync(clean, cancellation);
        if (await TryWaitAsync("", FirstPatience, cancellation))
        {
            return;
        }

        const string How = "hold button A, press and release reset, and let go of A";
        terminal.Prompt.WriteLine($"The board at {port.Name} is not in configuration mode: {How}.");
        if (!await TryWaitAsync("", patience, cancellation))
        {
            throw new CommandException($"The board at {port.Name} did not prompt within {patience.TotalSeconds:0} s. Bring it into "
                + $"configuration mode ({How}), and see that {port.Name} is its port.");
        }
    }

    /// <summary>Types a command.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="value">What stands behind it; null for nothing. It is typed so that the console takes it for one word.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CommandException">The board does not answer, or is gone.</exception>
    public async Task<ConsoleAnswer> ExecuteAsync(string command, byte[]? value, CancellationToken cancellation)
    {
        byte[] line = CreateLine(command, value);
        try
        {
            _isEntered = true;
            _received.Clear();
            await WriteAsync(line, cancellation);
        }
        finally
        {
            SecretBytes.Clear(line);
        }

        if (!await TryWaitAsync(command, patience, cancellation))
        {
            throw new CommandException($"The board at {port.Name} did not answer {command} within {patience.TotalSeconds:0} s. "
                + "What was typed may have been stored or not: plug it in again, and begin again.");
        }

        string text = Encoding.UTF8.GetString([.. _received]);
        int echo = text.IndexOf(command, StringComparison.Ordinal);
        string[] lines = text[echo..].Split("\r\n");
        return new ConsoleAnswer(command, lines[1..^1]);
    }

    // The console's own rule: a backslash stands before a blank or a quote, and anywhere else for itself. No copy of a secret is left.
    private static byte[] CreateLine(string command, byte[]? value)
    {
        byte[] separator = value == null ? [] : value.Length == 0 ? [.. " \"\""u8] : [(byte)' '];
        int escapes = value?.Count(NeedsEscape) ?? 0;
        byte[] line = new byte[command.Length + separator.Length + (value?.Length ?? 0) + escapes + 1];
        if (line.Length > LineCapacity + 1)
        {
            throw new CommandException(
                $"The value for {command} does not fit the console's line of {LineCapacity} characters. Shorten it.");
        }

        int length = Encoding.ASCII.GetBytes(command, line);
        separator.CopyTo(line, length);
        length += separator.Length;
        foreach (byte b in value ?? [])
        {
            if (NeedsEscape(b))
            {
                line[length++] = (byte)'\\';
            }

            line[length++] = b;
        }

        line[length] = CarriageReturn;
        return line;
    }

    private static bool NeedsEscape(byte b) => b is (byte)' ' or (byte)'"';

    private async Task WriteAsync(byte[] bytes, CancellationToken cancellation)
    {
        try
        {
            await port.Stream.WriteAsync(bytes, cancellation);
            await port.Stream.FlushAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            throw Gone(e.Message);
        }
    }

    // Prompts that came before the echo belong to something else.
    private async Task<bool> TryWaitAsync(string echo, TimeSpan time, CancellationToken cancellation)
    {
        byte[] name = Encoding.ASCII.GetBytes(echo);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(time);
        while (!HasPromptBehind(name))
        {
            // A read that the system can't cancel is kept for the next time.
            _reading ??= port.Stream.ReadAsync(_buffer, CancellationToken.None).AsTask();
            Task<int> reading = _reading;
            if (await Task.WhenAny(reading, Task.Delay(Timeout.Infinite, end.Token)) != reading)
            {
                cancellation.ThrowIfCancellationRequested();
                return false;
            }

            _reading = null;
            await ReceiveAsync(reading);
        }

        return true;
    }

    private bool HasPromptBehind(byte[] echo)
    {
        ReadOnlySpan<byte> received = _received.ToArray();
        int at = received.IndexOf(echo);
        return at >= 0 && received[at..].EndsWith(Prompt);
    }

    private async Task ReceiveAsync(Task<int> reading)
    {
        try
        {
            int count = await reading;
            _received.AddRange(count > 0 ? _buffer.AsSpan(0, count) : throw Gone(DescribeEnd()));
        }
        catch (Exception e) when (
            e is IOException or InvalidOperationException or UnauthorizedAccessException or OperationCanceledException)
        {
            throw Gone(e.Message);
        }
    }

    // What a line says that is closed at once, such as that of a virtual board which somebody else has open.
    private string DescribeEnd()
    {
        string said = _isEntered ? "" : Encoding.UTF8.GetString([.. _received]).Trim();
        return said.Length > 0
            ? $"the other side closed the line and said \"{said.Split('\n')[^1]}\""
            : "it was unplugged, or the other side closed the line";
    }

    private CommandException Gone(string reason)
        => new($"The board at {port.Name} is gone: {reason.TrimEnd('.')}. What was typed last may have been stored or not: "
            + "plug it in again, and begin again.");
}
