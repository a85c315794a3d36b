using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using DevKit.VirtualMcu.Link;

namespace DevKit.Sim.Board;

/// <summary>The process of one power-on, and the link to it.</summary>
internal sealed class McuProcess : IDisposable
{
    private const int KeptErrorLines = 3;

    // How long a process whose link has closed may take to end, before it is ended.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly BoardLink _link;
    private readonly Queue<string> _errorLines = new();
    private readonly Thread _receiver;
    private volatile bool _off;

    private McuProcess(Process process, Action<McuProcess, LinkMessage, byte[]> onMessage, Action<McuProcess, string> onExit)
    {
        _process = process;
        _process.ErrorDataReceived += (_, e) => AddErrorLine(e.Data);
        _process.BeginErrorReadLine();
        _link = new BoardLink(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
        _receiver = new Thread(() => Receive(onMessage, onExit)) { IsBackground = true, Name = "board" };
    }

    /// <summary>Powers the microcontroller on.</summary>
    /// <param name="configuration">What it has to know of its board.</param>
    /// <param name="onMessage">Called for each frame that it sends, on the board's thread.</param>
    /// <param name="onExit">Called when it ends by itself, with how it ended.</param>
    /// <exception cref="IOException">The process can't be started.</exception>
    public static McuProcess Start(
        McuConfiguration configuration, Action<McuProcess, LinkMessage, byte[]> onMessage, Action<McuProcess, string> onExit)
    {
        McuProcess mcu = new(StartProcess(), onMessage, onExit);
        mcu.Send(LinkMessage.Hello, JsonSerializer.SerializeToUtf8Bytes(configuration));
        mcu._receiver.Start();
        return mcu;
    }

    /// <summary>Sends a frame; what is sent to a chip without power is lost.</summary>
    public void Send(LinkMessage message, ReadOnlySpan<byte> content)
    {
        try
        {
            _link.Send(message, content);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended; the receiver sees that too.
        }
    }

    /// <summary>Takes the power away, at whatever instruction it is.</summary>
    public void Dispose()
    {
        _off = true;
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process StartProcess()
    {
        ProcessStartInfo start = CreateStartInfo();
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"The microcontroller's process, {start.FileName}, can't be started: {e.Message}.", e);
        }
    }

    // The program beside this one, by the runtime that runs this one: "dotnet" need not be on the path.
    private static ProcessStartInfo CreateStartInfo()
    {
        string program = typeof(BoardLink).Assembly.Location;
        string runtime = RuntimeEnvironment.GetRuntimeDirectory();
        string dotnet = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return new ProcessStartInfo(dotnet, ["exec", program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
    }

    private void Receive(Action<McuProcess, LinkMessage, byte[]> onMessage, Action<McuProcess, string> onExit)
    {
        while (_link.TryReceive(out LinkMessage message, out byte[] content))
        {
            if (!_off)
            {
                onMessage(this, message, content);
            }
        }

        if (!_off)
        {
            ReportEnd(onExit);
        }
    }

    private void ReportEnd(Action<McuProcess, string> onExit)
    {
        string end;
        try
        {
            if (!_process.WaitForExit(EndPatience))
            {
                _process.Kill();
            }

            // Waits for the end of the error output too.
            _process.WaitForExit();
            end = $"code {_process.ExitCode}.";
        }
        catch (InvalidOperationException)
        {
            // The power was taken away meanwhile.
            return;
        }

        lock (_errorLines)
        {
            onExit(this, string.Join(' ', [end, .. _errorLines]));
        }
    }

    // The last lines say what happened, but for the calls that led there.
    private void AddErrorLine(string? line)
    {
        if (string.IsNullOrWhiteSpace(line) || line.StartsWith("   at ", StringComparison.Ordinal))
        {
            return;
        }

        lock (_errorLines)
        {
            _errorLines.Enqueue(line.Trim());
            if (_errorLines.Count > KeptErrorLines)
            {
                _errorLines.Dequeue();
            }
        }
    }
}
