using System.Net;
using System.Net.Sockets;
using DevKit.CommandLine;

namespace DevKit.Demo.Tests;

[TestClass]
public class DemoTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task The_demo_takes_a_board_from_no_secret_to_a_connected_device()
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandRunner.RunAsync(DemoCommand.Create(), [], output, error, TestContext.CancellationToken);
        TestContext.WriteLine(output.ToString());
        Assert.AreEqual("", error.ToString());
        Assert.AreEqual(0, code);
        string[] steps = [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..16].Trim())];
        CollectionAssert.AreEqual(
            new[]
            {
                "cloud", "board", "show", "set_wifissid", "set_wifipwd", "set_dps_uds", "set_dps_idscope", "reset", "not enrolled",
                "CertGen", "enrollment", "registration", "same bytes", "hub", "telemetry", "lights", "changed image",
                "owner's CA", "set_device_cert", "set_dps_csr", "group", "registration", "certificate", "hub", "telemetry", "done",
            },
            steps);
    }

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
