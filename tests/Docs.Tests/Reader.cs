using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace DevKit.Docs.Tests;

/// <summary>
/// Somebody who follows a page, in a folder and a home of his own. Two things are not as written: what the SDK would build is started
/// from this test's own build, and its ports are free ones.
/// </summary>
internal sealed partial class Reader : IDisposable
{
    private const string Prompt = "# ";

    // "dotnet run --project tools/NAME -- ARGUMENTS" and the installed tool.
    private const string Prelude = """
        set -euo pipefail
        dotnet() {
            [ "$1" = run ] || { command dotnet "$@"; return; }
            shift
            local name=
            while [ $# -gt 0 ]; do
                case "$1" in
                    --project) name=$(basename "$2"); shift 2 ;;
                    -c) shift 2 ;;
                    --) shift; break ;;
                    *) break ;;
                esac
            done
            [ "$name" != DpsEmulator ] || set -- --http "$HTTP" --mqtt "$MQTT" --https "$HTTPS" "$@"
            command dotnet "$PROGRAMS/$name.dll" "$@"
        }
        certgen() { command dotnet "$PROGRAMS/CertGen.dll" "$@"; }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("docs-test-").FullName;
    private readonly Dictionary<string, OpenProgram> _open = [];
    private readonly Dictionary<string, string> _endpoints;
    private string _printed = "";

    public Reader()
    {
        Directory.CreateDirectory(Home);
        int[] ports = FindFreePorts(4);
        _endpoints = new()
        {
            ["127.0.0.1:8080"] = $"127.0.0.1:{ports[0]}",
            ["127.0.0.1:8883"] = $"127.0.0.1:{ports[1]}",
            ["127.0.0.1:8443"] = $"127.0.0.1:{ports[2]}",
            ["tcp:5000"] = $"tcp:{ports[3]}",
        };
    }

    private string Home => Path.Combine(_folder, "home");

    /// <summary>Follows a step.</summary>
    /// <exception cref="AssertFailedException">It does not go as the page says.</exception>
    public async Task FollowAsync(Step step, CancellationToken cancellation)
    {
        try
        {
            await (step switch
            {
                Step.Run run => RunAsync(run, cancellation),
                Step.Open open => OpenAsync(open, cancellation),
                Step.End end => Task.Run(() => End(end), cancellation),
                Step.Typed typed => TypeAsync(typed, cancellation),
                Step.Shows { Name: null } shows => Task.Run(() => CompareWithLast(shows), cancellation),
                Step.Shows shows => ShowAsync(shows, cancellation),
                _ => Task.CompletedTask,
            });
        }
        catch (AssertFailedException e)
        {
            throw new AssertFailedException($"Line {step.Line}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (OpenProgram program in _open.Values)
        {
            program.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(Step.Run step, CancellationToken cancellation)
    {
        using var program = new OpenProgram(Start(step.Text));
        int code = await program.WaitForExitAsync(cancellation);
        _printed = program.Printed;
        if (code == 0 == step.Fails)
        {
            throw new AssertFailedException($"It ends with {code}: {step.Text}\n{_printed}");
        }
    }

    private async Task OpenAsync(Step.Open step, CancellationToken cancellation)
    {
        OpenProgram program = new(Start(step.Text));
        _open.Add(step.Name, program);
        await program.WaitForAsync(0, printed => printed.IndexOf(step.Until, StringComparison.Ordinal), step.Until, cancellation);
    }

    // A board keeps what it holds between two runs; button A is not held a second time.
    private void End(Step.End step)
    {
        OpenProgram program = _open[step.Name];
        program.Dispose();
        _open.Remove(step.Name);
        if (step.StartsAgain)
        {
            program.Start.ArgumentList[^1] = program.Start.ArgumentList[^1].Replace(" --hold-a", "", StringComparison.Ordinal);
            _open.Add(step.Name, new OpenProgram(program.Start));
        }
    }

    private async Task TypeAsync(Step.Typed step, CancellationToken cancellation)
    {
        OpenProgram program = _open[step.Name];
        foreach (string line in Lines(step.Text))
        {
            program.Answered = await program.WaitForAsync(program.Answered, AtPrompt, "a prompt", cancellation);
            program.Type(Substitute(line));
        }
    }

    private async Task ShowAsync(Step.Shows step, CancellationToken cancellation)
    {
        OpenProgram program = _open[step.Name!];
        foreach (string line in Lines(step.Text))
        {
            program.Told = await program.WaitForAsync(program.Told, printed => Find(printed, line), line, cancellation);
        }
    }

    private void CompareWithLast(Step.Shows step)
    {
        int seen = 0;
        foreach (string line in Lines(step.Text))
        {
            int found = Find(_printed[seen..], line);
            if (found < 0)
            {
                throw new AssertFailedException($"\"{line}\" is not shown, but: {_printed[seen..]}");
            }

            seen += found;
        }
    }

    private static int AtPrompt(string printed) => printed.EndsWith("\n" + Prompt, StringComparison.Ordinal) ? printed.Length : -1;

    // What a page leaves out it writes as three dots: anything but a line's end.
    private static int Find(string printed, string line)
    {
        string pattern = string.Join("[^\n]*", line.Split("...").Select(Regex.Escape));
        Match match = Regex.Match(printed, pattern);
        return match.Success ? match.Index + match.Length : -1;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private string Substitute(string text) => Endpoint().Replace(text, match => _endpoints[match.Value]);

    private ProcessStartInfo Start(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", Prelude + Substitute(script)])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = Home;
        start.Environment.Remove("XDG_DATA_HOME");
        start.Environment["REPOSITORY"] = Repository.Root;
        start.Environment["PROGRAMS"] = AppContext.BaseDirectory;
        start.Environment["HTTP"] = _endpoints["127.0.0.1:8080"];
        start.Environment["MQTT"] = _endpoints["127.0.0.1:8883"];
        start.Environment["HTTPS"] = _endpoints["127.0.0.1:8443"];
        return start;
    }

    private static int[] FindFreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(listeners, listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }

    [GeneratedRegex(@"(127\.0\.0\.1:(8080|8883|8443)|tcp:5000)\b")]
    private static partial Regex Endpoint();
}
