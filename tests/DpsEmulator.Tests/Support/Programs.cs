using System.Diagnostics;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>Other people's programs.</summary>
internal static class Programs
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>A program's path; where it is not installed, the test says so and proves nothing.</summary>
    internal static string Require(string name)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        if (found is null)
        {
            Assert.Inconclusive($"{name} is not on the PATH.");
        }

        return found!;
    }

    /// <summary>Runs a program to its end; returns what it wrote, errors included, and fails where its exit code is not 0.</summary>
    internal static Task<string> RunAsync(string program, string input, params string[] arguments) =>
        RunAsync(program, input, 0, arguments);

    internal static async Task<string> RunAsync(string program, string input, int expectedExitCode, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"{program} did not end.");
        }

        string all = await output + await errors;
        Assert.AreEqual(expectedExitCode, process.ExitCode, all);
        return all;
    }
}
