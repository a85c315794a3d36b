using System.Diagnostics;

namespace DevKit.Support.Peers;

/// <summary>What a peer needs on this machine.</summary>
public static class Programs
{
    /// <summary>After this long what is waited for does not come any more; nothing is measured by it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // Debian has servers in a folder that is not on every user's PATH.
    private static readonly string[] Folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/usr/local/sbin",
    ];

    /// <summary>A program's path, or the end of the test.</summary>
    public static string Require(string name, string remedy)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        string? found = Folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        Require(found is not null, $"{name} is not on the PATH: {remedy}.");
        return found!;
    }

    /// <summary>Where something is missing the test proves nothing and says so; under <c>CI=true</c> that is a failure.</summary>
    public static void Require(bool present, string message)
    {
        if (present)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(message);
        }

        Assert.Inconclusive(message);
    }

    /// <summary>Runs a program to its end, and fails where its exit code is not 0; returns what it wrote.</summary>
    public static async Task<string> RunAsync(string program, byte[] input, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"{program} did not end.");
        }

        Assert.AreEqual(0, process.ExitCode, await errors);
        return await output;
    }
}
