using System.Diagnostics;
using DevKit.Support.Peers;

namespace DevKit.Fleet.Tests;

/// <summary>
/// <c>--cloud local</c>: an emulator on its default data folder is found, in a folder for application data of the test's own.
/// </summary>
[TestClass]
[OSCondition(OperatingSystems.Linux, IgnoreMessage = "Elsewhere no environment variable leads to another folder for application data.")]
public sealed class LocalCloudTests : IDisposable
{
    private readonly string _dataHome = Directory.CreateTempSubdirectory("devkit-fleet-").FullName;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_fleet_goes_to_the_local_cloud_that_runs()
    {
        string[] freePorts = ["--mqtt", "127.0.0.1:0", "--https", "127.0.0.1:0", "--http", "127.0.0.1:0", "--assign-delay", "0"];
        ProcessStartInfo start = new("env", Run("DpsEmulator", freePorts)) { RedirectStandardOutput = true };
        using Process emulator = Process.Start(start)!;
        try
        {
            await ReadUntilAsync(emulator.StandardOutput, "Ctrl+C ends it.");
            string[] options = ["--cloud", "local", "--devices", "2", "--stay", "0"];
            Assert.Contains("lost: 0", await Programs.RunAsync("env", [], Run("Fleet", options)));
        }
        finally
        {
            emulator.Kill();
            await emulator.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => Directory.Delete(_dataHome, recursive: true);

    private string[] Run(string program, string[] options) =>
        [$"XDG_DATA_HOME={_dataHome}", "dotnet", Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. options];

    private async Task ReadUntilAsync(StreamReader output, string last)
    {
        List<string> lines = [];
        while (!lines.Contains(last))
        {
            string? line = await output.ReadLineAsync(TestContext.CancellationToken);
            Assert.IsNotNull(line, $"The emulator ended: {string.Join('\n', lines)}");
            lines.Add(line);
        }

        // Its log is read, or it would wait for a reader.
        _ = output.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
    }
}
