using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Platform;

namespace DevKit.DpsEmulator.Tests.Host;

[TestClass]
public sealed class CommandLineTests
{
    private static readonly string Emulator = Path.Combine(AppContext.BaseDirectory, "DpsEmulator.dll");

    [TestMethod]
    [DataRow("--mqtt")]
    [DataRow("--https")]
    [DataRow("--http")]
    public async Task A_busy_port_is_named_with_its_option_and_ends_with_1(string option)
    {
        using var folder = new TemporaryFolder();
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var endpoint = (IPEndPoint)busy.LocalEndpoint;

        string output = await RunAsync(1, ["--data", folder.FullPath, option, endpoint.ToString(), .. FreePorts(except: option)]);

        StringAssert.Contains(output, $"Error: Port {endpoint.Port} of 127.0.0.1 is busy");
        StringAssert.Contains(output, $"{option} ADDRESS:PORT");
        Assert.DoesNotContain("   at ", output, "no stack trace");
    }

    [TestMethod]
    [DataRow("--mqtt", "8883", "--mqtt 8883")]
    [DataRow("--mqtt", "127.0.0.1:65536", "65536")]
    [DataRow("--mqtt", "::1:8883", "::1:8883")]
    [DataRow("--http", "example.com:80", "example.com:80")]
    [DataRow("--http", "127.0.0.1:", "127.0.0.1:")]
    [DataRow("--hub", "a_b", "--hub a_b")]
    [DataRow("--hub", "", "--hub")]
    [DataRow("--dps", "a b", "--dps a b")]
    [DataRow("--hbu", "a", "--hbu")]
    [DataRow("--id-scope", "0neabcdef01", "--id-scope 0neabcdef01")]
    [DataRow("--assign-delay", "-1", "--assign-delay -1")]
    [DataRow("--assign-delay", "soon", "soon")]
    [DataRow("--assign-delay", "1e300", "--assign-delay 1e300: give 0 to 3600 seconds")]
    [DataRow("--assign-delay", "NaN", "--assign-delay NaN: give 0 to 3600 seconds")]
    [DataRow("--mqtt", "192.0.2.1:0", "no address of this machine")]
    public async Task A_wrong_value_is_named_and_ends_with_1(string option, string value, string named)
    {
        using var folder = new TemporaryFolder();

        string output = await RunAsync(1, ["--data", Path.Combine(folder.FullPath, "data"), option, value, .. FreePorts(except: option)]);
        StringAssert.Contains(output, named);
        Assert.HasCount(1, output.Trim().Split('\n'), "one line, without the help");
    }

    [TestMethod]
    public async Task A_file_in_place_of_the_data_folder_is_called_that()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("data", "");
        string output = await RunAsync(1, ["--data", path, .. FreePorts()]);
        StringAssert.Contains(output, "this is a file, and a folder is wanted");
        Assert.HasCount(1, output.Trim().Split('\n'));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task A_new_users_data_folder_is_in_the_home_and_not_where_the_program_was_started()
    {
        using var home = new TemporaryFolder();
        string output = await Programs.RunAsync(
            Programs.Require("env"), "", 0, "-u", "XDG_DATA_HOME", $"HOME={home.FullPath}", "dotnet", Emulator, "--help");
        StringAssert.Contains(output.ReplaceLineEndings(" "), Path.Combine(home.FullPath, ".local/share/devkit-emulator"));
    }

    [TestMethod]
    public async Task An_empty_data_folder_is_named_and_ends_with_1()
    {
        string output = await RunAsync(1, ["--data", "", .. FreePorts()]);
        StringAssert.Contains(output, "--data DIR");
        Assert.DoesNotContain("   at ", output, "no stack trace");
    }

    [TestMethod]
    public async Task Help_names_every_option()
    {
        string output = await RunAsync(0, "--help");
        foreach (string option in new[] { "--data", "--mqtt", "--https", "--http", "--dps", "--hub", "--id-scope", "--assign-delay" })
        {
            StringAssert.Contains(output, option);
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task It_announces_where_it_is_and_ends_in_order_at_an_interrupt()
    {
        string kill = Programs.Require("kill");
        using var folder = new TemporaryFolder();
        using Process process = Process.Start(new ProcessStartInfo(
            // Who was started in the background by a shell ignores the interrupt, and so would all that it starts.
            Programs.Require("env"),
            [
                "--default-signal=INT", "dotnet", Emulator,
                "--data", folder.FullPath, "--http", "[::1]:0", "--id-scope", "0ne0012A4F7", .. FreePorts(except: "--http"),
            ])
        {
            RedirectStandardOutput = true,
        })!;
        var lines = new List<string>();
        while (lines.LastOrDefault() != "Ctrl+C ends it.")
        {
            string? line = await process.StandardOutput.ReadLineAsync();
            Assert.IsNotNull(line, string.Join('\n', lines));
            lines.Add(line);
        }

        string page = lines.Single(line => line.Contains("Page", StringComparison.Ordinal));
        using var http = new HttpClient { BaseAddress = new Uri(Regex.Match(page, "http://[^ ]+").Value) };
        StringAssert.Contains(await http.GetStringAsync("api/info"), "0ne0012A4F7");
        LocalCloud? announced = LocalCloud.Find(folder.FullPath);
        Assert.AreEqual("0ne0012A4F7", announced?.IdScope);
        Assert.AreEqual(http.BaseAddress, announced?.Page);
        StringAssert.Contains(lines.Single(line => line.StartsWith("  MQTT ", StringComparison.Ordinal)), announced!.Mqtt);
        Assert.IsTrue(File.Exists(announced.CaFile));
        await Programs.RunAsync(kill, "", "-INT", $"{process.Id}");
        await process.WaitForExitAsync();
        Assert.AreEqual(0, process.ExitCode);
        Assert.IsFalse(File.Exists(Path.Combine(folder.FullPath, "running.json")));
    }

    private static string[] FreePorts(string? except = null) =>
        [.. new[] { "--mqtt", "--https", "--http" }.Where(option => option != except)
            .SelectMany(option => new[] { option, "127.0.0.1:0" })];

    private static Task<string> RunAsync(int exitCode, params string[] arguments) =>
        Programs.RunAsync("dotnet", "", exitCode, [Emulator, .. arguments]);
}
