using DevKit.Support.Peers;

namespace DevKit.Sim.Tests.Sessions;

/// <summary>A terminal of a size, with a shell command in it: what it shows is read, and keys are pressed.</summary>
internal sealed class Tmux : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string _program = Programs.Require("tmux", "install it (Debian: tmux)");
    private readonly string _server = $"devkit-{Guid.NewGuid():N}";
    private readonly CancellationToken _cancellation;

    private Tmux(CancellationToken cancellation) => _cancellation = cancellation;

    /// <summary>Opens a terminal.</summary>
    /// <param name="columns">Its width.</param>
    /// <param name="rows">Its height.</param>
    /// <param name="command">A command of the shell.</param>
    /// <param name="cancellation">Ends what waits for it.</param>
    public static async Task<Tmux> OpenAsync(int columns, int rows, string command, CancellationToken cancellation)
    {
        Tmux terminal = new(cancellation);
        await terminal.RunAsync("-f", "/dev/null", "new-session", "-d", "-x", $"{columns}", "-y", $"{rows}", command);
        return terminal;
    }

    /// <summary>Presses keys, by tmux's names, or types a text.</summary>
    public Task PressAsync(params string[] keys) => RunAsync(["send-keys", .. keys]);

    /// <summary>What it shows.</summary>
    public Task<string> ReadAsync() => RunAsync("capture-pane", "-p");

    /// <summary>Waits until it shows a text.</summary>
    public Task WaitForAsync(string text) => WaitUntilAsync(shown => shown.Contains(text, StringComparison.Ordinal), $"\"{text}\"");

    /// <summary>Waits until what it shows is as it is to be.</summary>
    public async Task WaitUntilAsync(Predicate<string> holds, string what)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        limit.CancelAfter(Programs.Patience);
        string shown = await ReadAsync();
        while (!holds(shown))
        {
            Assert.IsFalse(limit.IsCancellationRequested, $"{what} did not come, but:\n{shown}");
            await Task.Delay(Pause, CancellationToken.None);
            shown = await ReadAsync();
        }
    }

    /// <summary>A value of tmux's own, such as <c>cursor_flag</c>.</summary>
    public async Task<string> ReadStateAsync(string name) => (await RunAsync("display-message", "-p", $"#{{{name}}}")).Trim();

    /// <summary>Gives it another size.</summary>
    public Task ResizeAsync(int columns, int rows) => RunAsync("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    public void Dispose()
    {
        using System.Diagnostics.Process end = System.Diagnostics.Process.Start(_program, ["-L", _server, "kill-server"]);
        end.WaitForExit();
    }

    private Task<string> RunAsync(params string[] arguments) => Programs.RunAsync(_program, [], ["-L", _server, .. arguments]);
}
