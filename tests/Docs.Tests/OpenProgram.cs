using System.Diagnostics;
using System.Text;

namespace DevKit.Docs.Tests;

/// <summary>A program that runs, with what it has printed so far.</summary>
internal sealed class OpenProgram : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly StringBuilder _printed = new();
    private readonly Lock _lock = new();
    private readonly Task[] _readers;

    public OpenProgram(ProcessStartInfo start)
    {
        Start = start;
        _process = Process.Start(start)!;
        _process.StandardInput.AutoFlush = true;
        _readers = [Collect(_process.StandardOutput), Collect(_process.StandardError)];
    }

    /// <summary>How it was started.</summary>
    public ProcessStartInfo Start { get; }

    /// <summary>All that was printed, with LF at the lines' ends.</summary>
    public string Printed
    {
        get
        {
            lock (_lock)
            {
                return _printed.ToString().ReplaceLineEndings("\n");
            }
        }
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellation)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellation);
        await Task.WhenAll(_readers).WaitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <summary>How much of it the page has told so far: the same words are not found twice.</summary>
    public int Told { get; set; }

    /// <summary>How much there was at the last prompt that was answered.</summary>
    public int Answered { get; set; }

    /// <summary>Waits until something is printed.</summary>
    /// <param name="from">Where it is looked for: behind as many characters.</param>
    /// <param name="find">Looks at what is printed there, and gives the length up to the end of what it found, or -1.</param>
    /// <param name="what">What it is, for a message.</param>
    /// <param name="cancellation">Ends the waiting: there is no other limit.</param>
    /// <returns>The place behind it.</returns>
    public async Task<int> WaitForAsync(int from, Func<string, int> find, string what, CancellationToken cancellation)
    {
        for (int found = find(Printed[from..]); ; found = find(Printed[from..]))
        {
            if (found >= 0)
            {
                return from + found;
            }

            if (cancellation.IsCancellationRequested || (_process.HasExited && _readers.All(reader => reader.IsCompleted)))
            {
                throw new AssertFailedException($"\"{what}\" is not shown, but: {Printed[from..]}");
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>Types a line.</summary>
    public void Type(string line) => _process.StandardInput.Write(line + "\n");

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task Collect(StreamReader reader)
    {
        char[] buffer = new char[1024];
        for (int n = await reader.ReadAsync(buffer); n > 0; n = await reader.ReadAsync(buffer))
        {
            lock (_lock)
            {
                _printed.Append(buffer, 0, n);
            }
        }
    }
}
