using System.Diagnostics;
using System.Globalization;

namespace DevKit.CertGen.Tests.BadDays;

/// <summary>The generator as a program of its own, which can be interrupted.</summary>
internal sealed class RunningProgram : IDisposable
{
    // What is asserted is that it ends, not when.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _error;

    public RunningProgram(string folder, params string[] args)
        : this(folder, "dotnet", [Assembly, .. args])
    {
    }

    private RunningProgram(string folder, string program, string[] args)
    {
        _process = Process.Start(CreateStart(folder, program, args))!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>
    /// How a program is started that Ctrl+C ends: who was started in the background by a shell ignores it, and so would all that it
    /// starts.
    /// </summary>
    public static ProcessStartInfo CreateStart(string folder, string program, params string[] args)
    {
        ProcessStartInfo start = OperatingSystem.IsLinux()
            ? new("env", ["--default-signal=INT", program, .. args])
            : new(program, args);
        start.WorkingDirectory = folder;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return start;
    }

    public StreamWriter Input => _process.StandardInput;

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "CertGen.dll");

    /// <summary>
    /// At a terminal of its own: first its name is printed, and behind the program its exit code and the terminal's modes.
    /// </summary>
    public static RunningProgram StartAtTerminal(string folder, string args)
        => new(folder, "script", ["-qec", $"trap : INT; tty; dotnet '{Assembly}' {args}; echo \"code=$?\"; stty -a", "/dev/null"]);

    /// <summary>Reads what is printed until something is.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        using var end = new CancellationTokenSource(Patience);
        var read = new System.Text.StringBuilder();
        char[] one = new char[1];
        while (!read.ToString().Contains(text, StringComparison.Ordinal))
        {
            Assert.AreEqual(1, await _process.StandardOutput.ReadAsync(one, end.Token), $"ended after: {read}");
            read.Append(one[0]);
        }

        return read.ToString();
    }

    /// <summary>Presses Ctrl+C.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code, the rest that was printed, and the errors.</returns>
    public async Task<(int Code, string Output, string Error)> EndAsync()
    {
        string output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (_process.ExitCode, output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
