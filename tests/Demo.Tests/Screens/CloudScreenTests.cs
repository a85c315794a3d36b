using System.Net.Sockets;
using DevKit.Boot;
using DevKit.Boot.Settings;
using DevKit.Demo.Tests.Support;
using DevKit.Support;
using DevKit.Support.Screens;
using DevKit.VirtualParts.StSafe;

namespace DevKit.Demo.Tests.Screens;

/// <summary>The screens that take a cloud.</summary>
[TestClass]
[DoNotParallelize]
public sealed class CloudScreenTests
{
    private static readonly byte[] Image = MeasuredImage.Read()!;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Board_that_is_enrolled_shows_its_way_to_the_hub_and_the_loss_of_it()
    {
        using ScreenBoard board = new();
        await using (TestCloud cloud = await TestCloud.StartAsync(TestContext.CancellationToken))
        {
            await cloud.EnrollAsync(Image);
            Connect(board, cloud);
            board.Set(Setting.Cloud, "IdScope=" + cloud.Host.IdScope);
            board.Run(Image);
            board.WaitFor("registering,assigned,connecting,connected");
            await cloud.SendAsync("Hello, DevKit!");
            board.WaitFor("message");
        }

        board.WaitFor("hub-lost");
    }

    [TestMethod]
    [DataRow("dps-not-found", "")]
    [DataRow("dps-401", "another image")]
    [DataRow("dps-disabled", "disabled")]
    [DataRow("not-trusted", "no CA")]
    public async Task Board_that_the_cloud_will_not_have_shows(string screen, string situation)
    {
        using ScreenBoard board = new();
        await using TestCloud cloud = await TestCloud.StartAsync(TestContext.CancellationToken);
        if (situation is "another image" or "disabled")
        {
            await cloud.EnrollAsync(situation == "disabled" ? Image : [.. Image, 0], enabled: situation != "disabled");
        }

        Connect(board, cloud);
        board.Machine.CaStore = situation == "no CA" ? null : board.Machine.CaStore;
        board.Set(Setting.Cloud, "IdScope=" + cloud.Host.IdScope);
        board.Run(Image);
        board.WaitFor(screen);
    }

    [TestMethod]
    public async Task Device_that_the_hub_refuses_shows_it()
    {
        using ScreenBoard board = new();
        await using TestCloud cloud = await TestCloud.StartAsync(TestContext.CancellationToken);
        Connect(board, cloud);
        board.Set(Setting.Cloud, $"HostName={cloud.Host.HubName};DeviceId=stranger;SharedAccessKey=AAAA");
        board.Run(Image);
        board.WaitFor("refused");
    }

    private static void Connect(ScreenBoard board, TestCloud cloud)
    {
        board.Machine.Bus.Attach(VirtualStSafe.Address, new VirtualStSafe(new MemoryChipStore()));
        board.Machine.CaStore = cloud.Host.CaCertificatePem;
        board.Machine.OpenConnection = (_, _) =>
        {
            TcpClient client = new();
            client.Connect(cloud.Host.MqttEndPoint);
            return client.GetStream();
        };
        board.Open();
        board.Set(Setting.Uds, Sample.Uds);
        board.Set(Setting.WifiSsid, "home");
        board.Set(Setting.WifiPassword, "password");
    }
}
