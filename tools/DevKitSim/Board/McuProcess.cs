using System.Diagnostics;
using System.Text.Json;
using DevKit.Sim.Link;
using DevKit.Sim.Mcu;

namespace DevKit.Sim.Board;

/// <summary>The process of one power-on, and the link to it.</summary>
internal sealed class McuProcess : IDisposable
{
    private readonly Process _process;
    private readonly BoardLink _link;
    private readonly Thread _receiver;
    private volatile bool _off;

    private McuProcess(Process process, Action<McuProcess, LinkMessage, byte[]> onMessage, Action<McuProcess> onExit)
    {
        _process = process;
        _link = new BoardLink(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
        _receiver = new Thread(() => Receive(onMessage, onExit)) { IsBackground = true, Name = "board" };
    }

    /// <summary>Powers the microcontroller on.</summary>
    /// <param name="configuration">What it has to know of its board.</param>
    /// <param name="onMessage">Called for each frame that it sends, on the board's thread.</param>
    /// <param name="onExit">Called when it ends by itself.</param>
    public static McuProcess Start(McuConfiguration configuration, Action<McuProcess, LinkMessage, byte[]> onMessage, Action<McuProcess> onExit)
    {
        McuProcess mcu = new(Process.Start(MakeStartInfo())!, onMessage, onExit);
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
            _off = true;
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

    // This very program again; when it is hosted by another (dotnet, a test runner), by dotnet.
    private static ProcessStartInfo MakeStartInfo()
    {
        string assembly = typeof(McuProgram).Assembly.Location;
        string program = Environment.ProcessPath ?? "";
        bool isOwnHost = Path.GetFileNameWithoutExtension(program) == typeof(McuProgram).Assembly.GetName().Name;
        string[] arguments = isOwnHost ? [McuProgram.Argument] : ["exec", assembly, McuProgram.Argument];
        return new ProcessStartInfo(isOwnHost ? program : "dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
    }

    private void Receive(Action<McuProcess, LinkMessage, byte[]> onMessage, Action<McuProcess> onExit)
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
            onExit(this);
        }
    }
}
