using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DevKit.CommandLine;

namespace DevKit.Demo.Tests;

[TestClass]
public partial class DemoTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task The_demo_takes_a_board_from_no_secret_to_a_connected_device_as_the_tutorial_does()
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandRunner.RunAsync(DemoCommand.Create(), [], output, error, TestContext.CancellationToken);
        TestContext.WriteLine(output.ToString());
        Assert.AreEqual("", error.ToString());
        Assert.AreEqual(0, code);
        string[] steps = [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..16].Trim())];
        CollectionAssert.AreEqual((string[])[.. ReadTutorial(), "done"], steps);
    }

    // Beside each of its steps the tutorial names, in a comment, the lines of the demo that show it.
    private static IEnumerable<string> ReadTutorial([CallerFilePath] string file = "")
    {
        string tutorial = File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "../../docs/tutorial.md"));
        return DemoComment().Matches(tutorial).SelectMany(comment => comment.Groups[1].Value.Split(", "));
    }

    [GeneratedRegex("<!-- demo: ([^>]+) -->")]
    private static partial Regex DemoComment();

    [TestMethod]
    public async Task A_folder_that_is_not_empty_is_left_alone()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("devkit-demo-");
        string file = Path.Combine(folder.FullName, "kept.txt");
        await File.WriteAllTextAsync(file, "kept", TestContext.CancellationToken);
        using StringWriter output = new();
        using StringWriter error = new();
        Assert.AreEqual(1, await CommandRunner.RunAsync(
            DemoCommand.Create(), ["--keep", folder.FullName], output, error, TestContext.CancellationToken));
        Assert.Contains("is not empty", error.ToString());
        Assert.AreEqual(file, folder.EnumerateFileSystemInfos().Single().FullName);
        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task Busy_default_ports_are_stepped_around()
    {
        using TcpListener mqtt = new(IPAddress.Loopback, 8883);
        try
        {
            mqtt.Start();
        }
        catch (SocketException)
        {
            // Somebody else holds it: just what this test wants.
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("devkit-cloud-");
        await using (DpsEmulator.Host.EmulatorHost cloud = await CloudStarter.StartAsync(folder.FullName, TestContext.CancellationToken))
        {
            Assert.AreNotEqual(8883, cloud.MqttEndPoint.Port);
        }

        folder.Delete(recursive: true);
    }
}
