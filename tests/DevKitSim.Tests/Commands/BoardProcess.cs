using System.Diagnostics;
using DevKit.Sim.Tests.Serial;

namespace DevKit.Sim.Tests.Commands;

/// <summary>A session of <c>run</c> in a process of its own, with pipes for a terminal; a failed test leaves none behind.</summary>
internal sealed class BoardProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts a session that looks for no local cloud: its user's may run.</summary>
    /// <param name="options">The options of <c>run</c>.</param>
    public BoardProcess(params string[] options)
        : this(["--cloud", "none", .. options], dataHome: null)
    {
    }

    private BoardProcess(string[] options, string? dataHome)
    {
        ProcessStartInfo start = new("dotnet", [typeof(Program).Assembly.Location, "run", .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (dataHome != null)
        {
            start.Environment["XDG_DATA_HOME"] = dataHome;
        }

        _process = Process.Start(start)!;
        Output = new SerialReader(_process.StandardOutput.BaseStream);
    }

    public StreamWriter Input => _process.StandardInput;

    public StreamReader Errors => _process.StandardError;

    public SerialReader Output { get; }

    /// <summary>Starts a session that looks for a local cloud; on Linux.</summary>
    /// <param name="dataHome">The user's folder for application data, which the local cloud's is in.</param>
    /// <param name="options">The options of <c>run</c>.</param>
    public static BoardProcess StartAt(string dataHome, params string[] options) => new(options, dataHome);

    /// <summary>Nobody reads what it prints any more.</summary>
    public void CloseOutput() => _process.StandardOutput.Close();

    /// <summary>Sends it a signal, and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(string signal, CancellationToken cancellation)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        return await WaitAsync(cancellation);
    }

    /// <summary>Kills it, at whatever instruction it is.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
